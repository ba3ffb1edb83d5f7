LIBS-$(CONFIG_LIB_SCHED) += sched
sched_SRCS-y := thread.c switch.S sync.c
