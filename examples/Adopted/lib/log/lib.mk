LIBS += log
log_SRCS-y := log.c ring.c
