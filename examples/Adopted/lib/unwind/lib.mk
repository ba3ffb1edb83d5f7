LIBS-$(CONFIG_LIB_UNWIND) += unwind
unwind_SRCS-y := frames.c
