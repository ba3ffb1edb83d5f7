LIBS-$(CONFIG_LIB_FLATE) += flate
flate_SRCS-y := inflate.c deflate.c huffman.c lz.c
