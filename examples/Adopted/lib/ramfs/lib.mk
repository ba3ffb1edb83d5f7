LIBS-$(CONFIG_LIB_RAMFS) += ramfs
ramfs_SRCS-y := ramfs.c tar.c
