#include "shell.h"
#include "libc.h"

extern const struct shell_command kiln_commands_start[], kiln_commands_end[];

size_t shell_commands(void)
{
    return (size_t)(kiln_commands_end - kiln_commands_start);
}

static int by_name(const void *key, const void *element)
{
    return strcmp(key, ((const struct shell_command *)element)->name);
}

static int run_one(char *line)
{
    char *words[16], *word;
    int count = 0;
    const struct shell_command *command;

    while ((word = strsep(&line, " \t")) != NULL && count < 15)
        if (*word != '\0')
            words[count++] = word;
    if (count == 0)
        return 0;
    words[count] = NULL;
    /* The table is sorted, since the linker sorted it. */
    command = bsearch(words[0], kiln_commands_start, shell_commands(), sizeof *command, by_name);
    if (command == NULL) {
        printf("%s: no such command\n", words[0]);
        return -1;
    }
    return command->run(count, words);
}

int shell_run(const char *line)
{
    char copy[256], *rest = copy, *part;
    int result = 0;

    strlcpy(copy, line, sizeof copy);
    while ((part = strsep(&rest, ";")) != NULL)
        result = run_one(part);
    return result;
}

static int help(int count, char **words)
{
    (void)count, (void)words;
    for (const struct shell_command *c = kiln_commands_start; c < kiln_commands_end; c++)
        printf("  %-8s %s\n", c->name, c->help);
    return 0;
}
SHELL_COMMAND(help, "lists the commands", help);
