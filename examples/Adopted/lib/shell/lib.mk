LIBS-$(CONFIG_LIB_SHELL) += shell
shell_SRCS-y := shell.c commands.c
shell_LDS := commands
