/* Commands that libraries and applications offer; the linker collects them in the order of their names. */
#pragma once
#include <stddef.h>

struct shell_command {
    const char *name, *help;
    int (*run)(int count, char **words);
};
/* aligned: the compiler would leave gaps between the entries of the table. */
#define SHELL_COMMAND(command, text, function)                                                            \
    __attribute__((used, aligned(8), section(".kiln.command." #command))) static const struct shell_command           \
        shell_command_##command = {#command, text, function}

int shell_run(const char *line);    /* commands with ; between them; the last result, or -1 if there is no such command */
size_t shell_commands(void);
