LIBS-$(CONFIG_LIB_JSON) += json
json_SRCS-y := parse.c print.c query.c
