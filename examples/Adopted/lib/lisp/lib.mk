LIBS-$(CONFIG_LIB_LISP) += lisp
lisp_SRCS-y := read.c eval.c builtins.c memory.c
