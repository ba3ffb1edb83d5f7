LIBS-$(CONFIG_LIB_EMU) += emu
emu_SRCS-y := emu.c assembler.c emu_opcodes.c
