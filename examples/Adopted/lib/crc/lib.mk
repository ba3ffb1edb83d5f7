LIBS-$(CONFIG_LIB_CRC) += crc
crc_SRCS-y := crc.c crc_tables.c
