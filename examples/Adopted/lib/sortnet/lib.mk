LIBS-$(CONFIG_LIB_SORTNET) += sortnet
sortnet_SRCS-y := sort.c sort_networks.c
