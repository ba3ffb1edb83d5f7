/* Line-oriented encodings: quoted-printable and comma-separated values. */
#include "encoding.h"
#include "nolibc.h"

int64_t quoted_printable_encode(const char *text, size_t size, char *to, size_t room)
{
    size_t length = 0, column = 0;

    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        bool line_end = c == '\n';
        bool at_end = i + 1 == size || text[i + 1] == '\n';
        bool plain = isprint(c) && c != '=' && !(c == ' ' && at_end);
        if (length + 8 > room)
            return -ERROR_TOO_LARGE;
        if (!line_end && column + (plain ? 1 : 3) > 75) {
            memcpy(to + length, "=\r\n", 3);
            length += 3;
            column = 0;
        }
        if (line_end) {
            memcpy(to + length, "\r\n", 2);
            length += 2;
            column = 0;
        } else if (plain) {
            to[length++] = (char)c;
            column++;
        } else {
            length += (size_t)snprintf(to + length, 4, "=%02X", c);
            column += 3;
        }
    }
    to[length] = '\0';
    return (int64_t)length;
}

int64_t quoted_printable_decode(const char *text, size_t size, char *to, size_t room)
{
    size_t length = 0;

    for (size_t i = 0; i < size; i++) {
        char c = text[i];
        if (length + 2 > room)
            return -ERROR_TOO_LARGE;
        if (c == '\r')
            continue;
        if (c == '=' && i + 1 < size && (text[i + 1] == '\r' || text[i + 1] == '\n')) {
            i += text[i + 1] == '\r' ? 2 : 1;
            continue;
        }
        if (c == '=') {
            if (i + 2 >= size || hex_decode(text + i + 1, 2, &c, 1) != 1)
                return -ERROR_SYNTAX;
            i += 2;
        }
        to[length++] = c;
    }
    to[length] = '\0';
    return (int64_t)length;
}

/* A quoted field keeps its commas; two quotes inside stand for one. */
static char *csv_field(char *at, char **field)
{
    char *out = at;

    *field = at;
    if (*at != '"') {
        at += strcspn(at, ",");
        return at;
    }
    for (at++; *at != '\0'; at++) {
        if (*at == '"' && *++at != '"')
            break;
        *out++ = *at;
    }
    *out = '\0'; /* at least the opening quote lies between out and at */
    return at;
}

int csv_split(char *line, char **fields, size_t room)
{
    int count = 0;

    for (;;) {
        char *end;
        if ((size_t)count == room)
            return -ERROR_TOO_LARGE;
        end = csv_field(line, &fields[count++]);
        if (*end == '\0')
            return count;
        if (*end != ',')
            return -ERROR_SYNTAX;
        *end = '\0';
        line = end + 1;
    }
}
