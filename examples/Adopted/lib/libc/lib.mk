LIBS += libc
libc_SRCS-y := string.c printf.c number.c sort.c ctype.c errno.c random.c
