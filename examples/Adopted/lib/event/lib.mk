LIBS-$(CONFIG_LIB_EVENT) += event
event_SRCS-y := event.c
event_LDS := tables
