LIBS-$(CONFIG_LIB_VFS) += vfs
vfs_SRCS-y := file.c mount.c path.c
vfs_LDS := drivers
