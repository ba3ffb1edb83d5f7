/* Reads a line with the usual editing keys. */
#include "console.h"
#include "nolibc.h"

enum { KEY_BACKSPACE = 0x08, KEY_DELETE = 0x7f, KEY_KILL_LINE = 0x15, KEY_KILL_WORD = 0x17 };

static size_t kill_word(const char *line, size_t length)
{
    while (length > 0 && isspace((unsigned char)line[length - 1]))
        length--;
    while (length > 0 && !isspace((unsigned char)line[length - 1]))
        length--;
    return length;
}

int console_read_line(console_source source, void *context, char *line, size_t size)
{
    size_t length = 0;

    if (size == 0)
        return -1;
    for (;;) {
        int key = source(context);
        if (key < 0 && length == 0)
            return -1;
        if (key < 0 || key == '\n' || key == '\r')
            break;
        if (key == KEY_BACKSPACE || key == KEY_DELETE)
            length -= length > 0;
        else if (key == KEY_KILL_LINE)
            length = 0;
        else if (key == KEY_KILL_WORD)
            length = kill_word(line, length);
        else if (length + 1 < size && isprint(key))
            line[length++] = (char)key;
    }
    line[length] = '\0';
    return (int)length;
}
