LIBS += plat
plat_SRCS-y := boot32.S start.c traps.S trap.c uart.c memory.c tls.c banner.c
