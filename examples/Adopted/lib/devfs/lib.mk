LIBS-$(CONFIG_LIB_DEVFS) += devfs
devfs_SRCS-y := devfs.c
