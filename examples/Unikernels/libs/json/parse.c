/* JSON text to values: recursive descent with a limit on depth. */
#include "encoding.h"
#include "json.h"
#include "nolibc.h"

enum { MAX_DEPTH = 64 };

struct parser {
    struct arena *arena;
    const char *start, *at, *end;
    const char *message;
    unsigned depth;
};

static struct json *parse_value(struct parser *p);

static struct json *fail(struct parser *p, const char *message)
{
    if (p->message == NULL)
        p->message = message;
    return NULL;
}

static char peek(struct parser *p)
{
    while (p->at < p->end && (*p->at == ' ' || (*p->at >= '\t' && *p->at <= '\r')))
        p->at++;
    return p->at < p->end ? *p->at : '\0';
}

static bool accept(struct parser *p, char c)
{
    if (peek(p) != c)
        return false;
    p->at++;
    return true;
}

static bool hex4(struct parser *p, uint32_t *code)
{
    uint8_t bytes[2];

    if (p->end - p->at < 4 || hex_decode(p->at, 4, bytes, 2) != 2)
        return false;
    *code = (uint32_t)bytes[0] << 8 | bytes[1];
    p->at += 4;
    return true;
}

/* After "\u": one unit, or two that make one character. */
static size_t unicode_escape(struct parser *p, char *to)
{
    uint32_t code, low;

    if (!hex4(p, &code))
        return 0;
    if (code >= 0xd800 && code < 0xdc00) {
        if (p->end - p->at < 6 || p->at[0] != '\\' || p->at[1] != 'u')
            return 0;
        p->at += 2;
        if (!hex4(p, &low) || low < 0xdc00 || low > 0xdfff)
            return 0;
        code = 0x10000 + ((code & 0x3ff) << 10) + (low & 0x3ff);
    }
    return utf8_encode(code, to);
}

static size_t escape(struct parser *p, char *to)
{
    static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    const char *found;

    if (p->at == p->end)
        return 0;
    if (*p->at == 'u') {
        p->at++;
        return unicode_escape(p, to);
    }
    found = *p->at == '\0' ? NULL : strchr(letters, *p->at++);
    if (found == NULL)
        return 0;
    *to = values[found - letters];
    return 1;
}

/* The opening quote is behind us. An escape is never shorter than what it stands for. */
static char *parse_text(struct parser *p, size_t *size)
{
    const char *scan = p->at;
    char *text;
    size_t length = 0;

    while (scan < p->end && *scan != '"')
        scan += *scan == '\\' && scan + 1 < p->end ? 2 : 1;
    text = arena_alloc(p->arena, (size_t)(scan - p->at) + 1);
    if (text == NULL)
        return (char *)fail(p, "out of memory");
    while (p->at < p->end && *p->at != '"') {
        size_t count = 1;
        if ((unsigned char)*p->at < 0x20)
            return (char *)fail(p, "control character in a string");
        if (*p->at == '\\') {
            p->at++;
            count = escape(p, text + length);
            if (count == 0)
                return (char *)fail(p, "unknown escape");
        } else {
            text[length] = *p->at++;
        }
        length += count;
    }
    if (p->at == p->end)
        return (char *)fail(p, "the string does not end");
    p->at++;
    text[length] = '\0';
    *size = length;
    return utf8_valid(text, length) ? text : (char *)fail(p, "the string is not UTF-8");
}

static bool digits(struct parser *p, struct json *number, bool fraction)
{
    const char *first = p->at;

    for (; p->at < p->end && isdigit((unsigned char)*p->at); p->at++) {
        /* Digits past the precision only move the point. */
        if (number->mantissa > (INT64_MAX - 9) / 10) {
            number->exponent += !fraction;
            continue;
        }
        number->mantissa = number->mantissa * 10 + (*p->at - '0');
        number->exponent -= fraction;
    }
    return p->at > first;
}

static struct json *parse_number(struct parser *p)
{
    struct json *number = json_new(p->arena, JSON_NUMBER);
    bool negative = *p->at == '-';
    char *end;

    p->at += negative;
    if (p->at + 1 < p->end && p->at[0] == '0' && isdigit((unsigned char)p->at[1]))
        return fail(p, "a number must not begin with 0");
    if (!digits(p, number, false))
        return fail(p, "a value is expected");
    if (p->at < p->end && *p->at == '.') {
        p->at++;
        if (!digits(p, number, true))
            return fail(p, "digits are expected after the point");
    }
    if (p->at < p->end && (*p->at | 32) == 'e') {
        char text[12];
        size_t left = (size_t)(p->end - p->at);
        strlcpy(text, "", sizeof text);
        memcpy(text, p->at + 1, left - 1 < sizeof text - 1 ? left - 1 : sizeof text - 1);
        text[left - 1 < sizeof text - 1 ? left - 1 : sizeof text - 1] = '\0';
        number->exponent += (int32_t)strtol(text, &end, 10);
        if (end == text)
            return fail(p, "digits are expected in the exponent");
        p->at += 1 + (end - text);
    }
    while (number->exponent < 0 && number->mantissa % 10 == 0 && number->mantissa != 0) {
        number->mantissa /= 10;
        number->exponent++;
    }
    if (number->mantissa == 0)
        number->exponent = 0;
    if (negative)
        number->mantissa = -number->mantissa;
    return number;
}

static struct json *parse_array(struct parser *p)
{
    struct json *array = json_new(p->arena, JSON_ARRAY);

    if (accept(p, ']'))
        return array;
    do {
        struct json *value = parse_value(p);
        if (value == NULL)
            return NULL;
        json_append(array, value);
    } while (accept(p, ','));
    return accept(p, ']') ? array : fail(p, "',' or ']' is expected");
}

static struct json *parse_object(struct parser *p)
{
    struct json *object = json_new(p->arena, JSON_OBJECT);

    if (accept(p, '}'))
        return object;
    do {
        size_t size;
        char *name;
        struct json *value;
        if (!accept(p, '"'))
            return fail(p, "a name in quotes is expected");
        name = parse_text(p, &size);
        if (name == NULL)
            return NULL;
        if (!accept(p, ':'))
            return fail(p, "':' is expected");
        value = parse_value(p);
        if (value == NULL)
            return NULL;
        json_set(p->arena, object, name, value);
    } while (accept(p, ','));
    return accept(p, '}') ? object : fail(p, "',' or '}' is expected");
}

static struct json *parse_word(struct parser *p)
{
    static const struct {
        const char *word;
        enum json_kind kind;
        bool value;
    } words[] = {{"true", JSON_BOOLEAN, true}, {"false", JSON_BOOLEAN, false},
                 {"null", JSON_NULL, false}};

    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(words[i].word);
        if ((size_t)(p->end - p->at) >= length && memcmp(p->at, words[i].word, length) == 0) {
            struct json *value = json_new(p->arena, words[i].kind);
            p->at += length;
            value->boolean = words[i].value;
            return value;
        }
    }
    return fail(p, "a value is expected");
}

static struct json *parse_value(struct parser *p)
{
    struct json *value = NULL;

    if (++p->depth > MAX_DEPTH)
        return fail(p, "nested too deeply");
    if (accept(p, '{')) {
        value = parse_object(p);
    } else if (accept(p, '[')) {
        value = parse_array(p);
    } else if (accept(p, '"')) {
        size_t size;
        const char *text = parse_text(p, &size);
        if (text != NULL) {
            value = json_new(p->arena, JSON_STRING);
            value->text = text;
            value->size = size;
        }
    } else if (peek(p) == '-' || isdigit((unsigned char)peek(p))) {
        value = parse_number(p);
    } else {
        value = parse_word(p);
    }
    p->depth--;
    return value;
}

struct json *json_parse(struct arena *arena, const char *text, size_t size,
                        struct json_error *error)
{
    struct parser p = {arena, text, text, text + size, NULL, 0};
    struct json *value = parse_value(&p);

    if (value != NULL && peek(&p) == '\0' && p.at == p.end)
        return value;
    if (value != NULL)
        fail(&p, "text after the value");
    if (error != NULL) {
        *error = (struct json_error){p.message, 1, 1};
        for (const char *c = text; c < p.at; c++) {
            error->column = *c == '\n' ? 1 : error->column + 1;
            error->line += *c == '\n';
        }
    }
    return NULL;
}
