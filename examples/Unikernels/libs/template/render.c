/* Renders a template in one pass; sections are rendered from their own text again. */
#include "encoding.h"
#include "nolibc.h"
#include "template.h"

enum { MAX_DEPTH = 16, NAME_SIZE = 64 };

struct renderer {
    const struct json *stack[MAX_DEPTH];
    unsigned depth;
    struct buffer *to;
};

struct tag {
    char sigil; /* # ^ / ! & { or 0 */
    char name[NAME_SIZE];
    const char *after;
};

static const char *find(const char *at, const char *end, const char *part)
{
    return memmem(at, (size_t)(end - at), part, strlen(part));
}

/* at points behind the opening braces. */
static bool read_tag(const char *at, const char *end, struct tag *tag)
{
    const char *close;
    size_t length;

    tag->sigil = at < end && strchr("#^/!&{", *at) != NULL ? *at : '\0';
    at += tag->sigil != '\0';
    close = find(at, end, tag->sigil == '{' ? "}}}" : "}}");
    if (close == NULL)
        return false;
    tag->after = close + (tag->sigil == '{' ? 3 : 2);
    while (at < close && *at == ' ')
        at++;
    while (close > at && close[-1] == ' ')
        close--;
    length = (size_t)(close - at);
    if (tag->sigil == '!')
        length = 0;
    if (length >= NAME_SIZE)
        return false;
    memcpy(tag->name, at, length);
    tag->name[length] = '\0';
    return true;
}

static const struct json *look_up(const struct renderer *r, const char *name)
{
    if (strcmp(name, ".") == 0)
        return r->stack[r->depth - 1];
    for (unsigned i = r->depth; i > 0; i--) {
        const struct json *found = json_path(r->stack[i - 1], name);
        if (found != NULL)
            return found;
    }
    return NULL;
}

static void to_text(const struct json *value, struct buffer *to)
{
    if (value == NULL || value->kind == JSON_NULL)
        return;
    if (value->kind == JSON_STRING)
        buffer_add(to, value->text, value->size);
    else
        json_print(value, to, 0);
}

static void change_case(struct buffer *text, int (*change)(int))
{
    for (size_t i = 0; i < text->size; i++)
        text->data[i] = (char)change((unsigned char)text->data[i]);
}

static void apply_filter(const char *filter, const struct json *value, struct buffer *text)
{
    char encoded[256];

    if (strcmp(filter, "upper") == 0) {
        change_case(text, toupper);
    } else if (strcmp(filter, "lower") == 0) {
        change_case(text, tolower);
    } else if (strcmp(filter, "url") == 0) {
        if (url_encode(text->data, text->size, encoded, sizeof encoded) >= 0) {
            text->size = 0;
            buffer_text(text, encoded);
        }
    } else if (strcmp(filter, "json") == 0) {
        text->size = 0;
        json_print(value, text, 0);
    } else if (strcmp(filter, "length") == 0) {
        text->size = 0;
        buffer_printf(text, "%zu", value == NULL ? 0 : value->size);
    } else if (strcmp(filter, "first") == 0) {
        text->size = 0;
        to_text(json_at(value, 0), text);
    } else if (strcmp(filter, "plural") == 0) {
        text->size = 0;
        buffer_text(text, json_int(value, 0) == 1 ? "" : "s");
    }
}

static void render_value(struct renderer *r, struct tag *tag)
{
    char *filter = strchr(tag->name, '|');
    const struct json *value;
    struct buffer text = {0};

    if (filter != NULL)
        *filter++ = '\0';
    value = look_up(r, tag->name);
    to_text(value, &text);
    if (filter != NULL)
        apply_filter(filter, value, &text);
    if (tag->sigil == '\0')
        html_escape(text.data, text.size, r->to);
    else
        buffer_add(r->to, text.data, text.size);
    buffer_free(&text);
}

/* The end of a section is the closing tag of the same name at the same depth. */
static bool find_end(const char *at, const char *end, const char *name, const char **close,
                     const char **after)
{
    unsigned nested = 0;
    struct tag tag;

    while ((*close = find(at, end, "{{")) != NULL) {
        if (!read_tag(*close + 2, end, &tag))
            return false;
        at = *after = tag.after;
        if (strcmp(tag.name, name) != 0)
            continue;
        if (tag.sigil == '#' || tag.sigil == '^')
            nested++;
        else if (tag.sigil == '/' && nested-- == 0)
            return true;
    }
    return false;
}

static bool is_empty(const struct json *value)
{
    if (value == NULL || value->kind == JSON_NULL)
        return true;
    if (value->kind == JSON_BOOLEAN)
        return !value->boolean;
    return (value->kind == JSON_ARRAY || value->kind == JSON_STRING) && value->size == 0;
}

static int render(struct renderer *r, const char *at, const char *end);

static int render_inside(struct renderer *r, const struct json *value, const char *at,
                         const char *end)
{
    int error;

    if (r->depth == MAX_DEPTH)
        return -ERROR_LOOP;
    r->stack[r->depth++] = value;
    error = render(r, at, end);
    r->depth--;
    return error;
}

static int render_section(struct renderer *r, const struct tag *tag, const char *at,
                          const char *end)
{
    const struct json *value = look_up(r, tag->name);
    int error = OK;

    if (is_empty(value) != (tag->sigil == '^'))
        return OK;
    if (tag->sigil == '^')
        return render(r, at, end);
    if (value->kind != JSON_ARRAY)
        return render_inside(r, value, at, end);
    for (const struct json *item = value->first; item != NULL && error == OK; item = item->next)
        error = render_inside(r, item, at, end);
    return error;
}

static int render(struct renderer *r, const char *at, const char *end)
{
    const char *open;

    while ((open = find(at, end, "{{")) != NULL) {
        const char *close;
        struct tag tag;
        int error = OK;
        buffer_add(r->to, at, (size_t)(open - at));
        if (!read_tag(open + 2, end, &tag) || tag.sigil == '/')
            return -ERROR_SYNTAX;
        at = tag.after;
        if (tag.sigil == '#' || tag.sigil == '^') {
            const char *body = at;
            if (!find_end(body, end, tag.name, &close, &at))
                return -ERROR_SYNTAX;
            error = render_section(r, &tag, body, close);
        } else if (tag.sigil != '!') {
            render_value(r, &tag);
        }
        if (error != OK)
            return error;
    }
    buffer_add(r->to, at, (size_t)(end - at));
    return r->to->failed ? -ERROR_NO_MEMORY : OK;
}

int template_render(const char *text, const struct json *data, struct buffer *to)
{
    struct renderer r = {{data}, 1, to};

    return render(&r, text, text + strlen(text));
}
