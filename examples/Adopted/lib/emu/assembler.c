/* Two passes over lines such as "again: dcr b", "db 'text',0", "dw label" and "org 100h". */
#include "emu_internal.h"
#include "libc.h"

struct label { char name[16]; uint16_t value; };
struct assembler {
    struct emu *emu;
    struct label labels[128];
    unsigned count, line, pass;
    uint16_t at, low, high;
    const char *error;
};

static int number(struct assembler *a, const char *text)
{
    char *end;
    size_t n = strlen(text);

    if (text[0] == '\'' && n == 3)
        return text[1];
    if (isdigit(text[0])) {
        long value = strtol(text, &end, tolower(text[n - 1]) == 'h' ? 16 : 10);
        if (*end == '\0' || (tolower(*end) == 'h' && end[1] == '\0'))
            return (int)value;
    }
    for (unsigned i = 0; i < a->count; i++)
        if (strcmp(a->labels[i].name, text) == 0)
            return a->labels[i].value;
    if (a->pass == 2)
        a->error = "unknown name";
    return 0;
}

static void byte(struct assembler *a, int value)
{
    a->emu->memory[a->at++] = (uint8_t)value;
    if (a->at > a->high)
        a->high = a->at;
}

static void data(struct assembler *a, char *text, int words)
{
    while (*text != '\0' && a->error == NULL) {
        char *end = text;
        if (*text == '\'' && !words) {
            for (text++; *text != '\'' && *text != '\0'; text++)
                byte(a, *text);
            if (*text == '\'')
                text++;
            text += strspn(text, ", ");
            continue;
        }
        end += strcspn(text, ",");
        char kept = *end;
        *end = '\0';
        int value = number(a, text);
        byte(a, value);
        if (words)
            byte(a, value >> 8);
        text = kept == '\0' ? end : end + 1;
        text += strspn(text, " ");
    }
}

/* Does the text fit the pattern of an operation? Then "operand" is what stands for # or @. */
static bool fits(const char *pattern, const char *text, const char **operand)
{
    *operand = NULL;
    for (; *pattern != '\0'; pattern++, text++) {
        if (*pattern == '#' || *pattern == '@') {
            *operand = text;
            return *text != '\0';
        }
        if (*pattern != tolower(*text))
            return false;
    }
    return *text == '\0';
}

static void instruction(struct assembler *a, char *text)
{
    for (int code = 0; code < 256; code++) {
        const char *operand;
        if (emu_names[code][0] == '\0' || !fits(emu_names[code], text, &operand))
            continue;
        byte(a, code);
        if (operand != NULL) {
            int value = number(a, operand);
            byte(a, value);
            if (strchr(emu_names[code], '@') != NULL)
                byte(a, value >> 8);
        }
        return;
    }
    a->error = "unknown instruction";
}

/* One space between words, none around commas, comments gone. */
static void squeeze(char *text)
{
    char *to = text, *start = text;
    bool quoted = false;

    for (; *text != '\0'; text++) {
        if (*text == '\'')
            quoted = !quoted;
        if (!quoted && *text == ';')
            break;
        if (!quoted && isspace(*text) && (to == start || to[-1] == ' ' || to[-1] == ','))
            continue;
        if (!quoted && *text == ',' && to > start && to[-1] == ' ')
            to--;
        *to++ = isspace(*text) ? ' ' : *text;
    }
    while (to > start && to[-1] == ' ')
        to--;
    *to = '\0';
}

static void take_line(struct assembler *a, char *line)
{
    char *colon;

    squeeze(line);
    if ((colon = strchr(line, ':')) != NULL && (strchr(line, '\'') == NULL || colon < strchr(line, '\''))) {
        *colon = '\0';
        if (a->pass == 1 && a->count < 128) {
            strlcpy(a->labels[a->count].name, line, sizeof a->labels[0].name);
            a->labels[a->count++].value = a->at;
        }
        line = colon + 1;
        line += strspn(line, " ");
    }
    if (*line == '\0')
        return;
    if (strncmp(line, "org ", 4) == 0) {
        a->at = (uint16_t)number(a, line + 4);
    } else if (strncmp(line, "db ", 3) == 0) {
        data(a, line + 3, 0);
    } else if (strncmp(line, "dw ", 3) == 0) {
        data(a, line + 3, 1);
    } else if (strncmp(line, "ds ", 3) == 0) {
        for (int n = number(a, line + 3); n > 0; n--)
            byte(a, 0);
    } else {
        instruction(a, line);
    }
}

int emu_assemble(struct emu *emu, const char *source, char *error, size_t room)
{
    static struct assembler a;
    char line[128];

    a = (struct assembler){.emu = emu};
    for (a.pass = 1; a.pass <= 2; a.pass++) {
        a.at = 0;
        a.line = 0;
        for (const char *at = source; *at != '\0';) {
            size_t n = strcspn(at, "\n");
            snprintf(line, sizeof line, "%.*s", (int)n, at);
            at += n + (at[n] == '\n');
            a.line++;
            take_line(&a, line);
            if (a.error != NULL) {
                snprintf(error, room, "line %u: %s: %s", a.line, a.error, line);
                return -1;
            }
        }
    }
    return a.high;
}
