LIBS-$(CONFIG_LIB_MATH) += math
math_SRCS-y := trig.c power.c round.c
