LIBS-$(CONFIG_LIB_HTTP) += http
http_SRCS-y := request.c respond.c
http_LDS := routes
