#include "json.h"
#include "heap.h"
#include "libc.h"

enum { DEEPEST = 64 };
struct parser { const char *start, *at, *end; unsigned depth; };

static _Thread_local char error[80];

const char *json_error(void)
{
    return error;
}

static struct json *fail(struct parser *p, const char *what)
{
    if (error[0] == '\0')
        snprintf(error, sizeof error, "%s at byte %zu", what, (size_t)(p->at - p->start));
    return NULL;
}

static void skip(struct parser *p)
{
    while (p->at < p->end && isspace(*p->at))
        p->at++;
}

static bool take(struct parser *p, char c)
{
    skip(p);
    if (p->at == p->end || *p->at != c)
        return false;
    p->at++;
    return true;
}

static int hex4(struct parser *p)
{
    int value = 0;

    for (int i = 0; i < 4; i++, p->at++) {
        if (p->at == p->end || !isxdigit(*p->at))
            return -1;
        value = value * 16 + (isdigit(*p->at) ? *p->at - '0' : tolower(*p->at) - 'a' + 10);
    }
    return value;
}

static char *put_utf8(char *to, int c)
{
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xc0 | c >> 6);
        *to++ = (char)(0x80 | (c & 63));
    } else if (c < 0x10000) {
        *to++ = (char)(0xe0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 63));
        *to++ = (char)(0x80 | (c & 63));
    } else {
        *to++ = (char)(0xf0 | c >> 18);
        *to++ = (char)(0x80 | (c >> 12 & 63));
        *to++ = (char)(0x80 | (c >> 6 & 63));
        *to++ = (char)(0x80 | (c & 63));
    }
    return to;
}

static char *take_text(struct parser *p)
{
    char *text, *to;
    const char *end = p->at;

    while (end < p->end && *end != '"')
        end += *end == '\\' ? 2 : 1;
    if (end >= p->end || (text = to = malloc((size_t)(end - p->at) + 1)) == NULL)
        return (char *)fail(p, "a text without end");
    while (*p->at != '"') {
        static const char from[] = "\"\\/bfnrt", into[] = "\"\\/\b\f\n\r\t";
        const char *known;
        int c, low;
        if ((unsigned char)*p->at < ' ')
            goto bad;
        if (*p->at != '\\') {
            *to++ = *p->at++;
            continue;
        }
        p->at++;
        if (*p->at != 'u') {
            if ((known = strchr(from, *p->at)) == NULL || *known == '\0')
                goto bad;
            *to++ = into[known - from];
            p->at++;
            continue;
        }
        p->at++;
        if ((c = hex4(p)) < 0)
            goto bad;
        if (c >= 0xd800 && c < 0xdc00) {
            if (p->end - p->at < 6 || p->at[0] != '\\' || p->at[1] != 'u')
                goto bad;
            p->at += 2;
            if ((low = hex4(p)) < 0xdc00 || low > 0xdfff)
                goto bad;
            c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
        }
        to = put_utf8(to, c);
    }
    p->at++;
    *to = '\0';
    return text;
bad:
    free(text);
    return (char *)fail(p, "a wrong character in a text");
}

static struct json *take_value(struct parser *p);

static struct json *take_members(struct parser *p, struct json *value, char close)
{
    struct json **link = &value->first;

    if (take(p, close))
        return value;
    do {
        char *name = NULL;
        if (close == '}') {
            if (!take(p, '"')) {
                fail(p, "a name is missing");
                break;
            }
            if ((name = take_text(p)) == NULL)
                break;
            if (!take(p, ':')) {
                free(name);
                fail(p, "a colon is missing");
                break;
            }
        }
        if ((*link = take_value(p)) == NULL) {
            free(name);
            break;
        }
        (*link)->name = name;
        link = &(*link)->next;
        if (take(p, close))
            return value;
    } while (take(p, ','));
    fail(p, "a comma or a bracket is missing");
    json_free(value);
    return NULL;
}

static struct json *take_value(struct parser *p)
{
    static const struct { const char *word; enum json_kind kind; } words[] = {{"null", JSON_NULL}, {"false", JSON_FALSE}, {"true", JSON_TRUE}};
    struct json *value = calloc(1, sizeof *value), *result = NULL;
    char *end;

    skip(p);
    if (value == NULL || p->at == p->end || p->depth == DEEPEST) {
        fail(p, p->depth == DEEPEST ? "too deep" : "a value is missing");
        free(value);
        return NULL;
    }
    p->depth++;
    if (take(p, '{')) {
        value->kind = JSON_OBJECT;
        result = take_members(p, value, '}');
    } else if (take(p, '[')) {
        value->kind = JSON_ARRAY;
        result = take_members(p, value, ']');
    } else if (take(p, '"')) {
        value->kind = JSON_TEXT;
        if ((value->text = take_text(p)) != NULL)
            result = value;
        else
            free(value);
    } else if (*p->at == '-' || isdigit(*p->at)) {
        value->kind = JSON_NUMBER;
        value->number = strtod(p->at, &end);
        p->at = end;
        result = value;
    } else {
        for (unsigned i = 0; i < 3; i++) {
            size_t n = strlen(words[i].word);
            if ((size_t)(p->end - p->at) >= n && memcmp(p->at, words[i].word, n) == 0) {
                value->kind = words[i].kind;
                p->at += n;
                result = value;
                break;
            }
        }
        if (result == NULL) {
            fail(p, "not a value");
            free(value);
        }
    }
    p->depth--;
    return result;
}

struct json *json_parse(const char *text, size_t size)
{
    struct parser p = {text, text, text + size, 0};
    struct json *value;

    error[0] = '\0';
    value = take_value(&p);
    skip(&p);
    if (value != NULL && p.at != p.end) {
        fail(&p, "something follows");
        json_free(value);
        return NULL;
    }
    return value;
}

void json_free(struct json *value)
{
    while (value != NULL) {
        struct json *next = value->next;
        json_free(value->first);
        free(value->text);
        free(value->name);
        free(value);
        value = next;
    }
}
