LIBS-$(CONFIG_LIB_BIGNUM) += bignum
bignum_SRCS-y := basic.c divide.c text.c modular.c
