/* Making, finding and comparing values. */
#include "json.h"
#include "nolibc.h"

struct json *json_new(struct arena *arena, enum json_kind kind)
{
    struct json *value = arena_alloc(arena, sizeof *value);

    *value = (struct json){.kind = kind};
    return value;
}

struct json *json_string(struct arena *arena, const char *text)
{
    struct json *value = json_new(arena, JSON_STRING);

    value->size = strlen(text);
    value->text = arena_copy(arena, text, value->size);
    return value;
}

struct json *json_integer(struct arena *arena, int64_t number)
{
    struct json *value = json_new(arena, JSON_NUMBER);

    value->mantissa = number;
    return value;
}

struct json *json_boolean(struct arena *arena, bool boolean)
{
    struct json *value = json_new(arena, JSON_BOOLEAN);

    value->boolean = boolean;
    return value;
}

struct json *json_append(struct json *array, struct json *value)
{
    if (array->last == NULL)
        array->first = value;
    else
        array->last->next = value;
    array->last = value;
    array->size++;
    return value;
}

/* A name that exists already gets the new value in its old place. */
struct json *json_set(struct arena *arena, struct json *object, const char *name,
                      struct json *value)
{
    for (struct json *member = object->first; member != NULL; member = member->next)
        if (strcmp(member->name, name) == 0) {
            struct json *next = member->next;
            const char *same = member->name;
            *member = *value;
            member->next = next;
            member->name = same;
            return member;
        }
    value->name = arena_copy(arena, name, strlen(name));
    return json_append(object, value);
}

const struct json *json_get(const struct json *object, const char *name)
{
    if (object == NULL || object->kind != JSON_OBJECT)
        return NULL;
    for (const struct json *member = object->first; member != NULL; member = member->next)
        if (strcmp(member->name, name) == 0)
            return member;
    return NULL;
}

const struct json *json_at(const struct json *array, size_t index)
{
    const struct json *item;

    if (array == NULL || array->kind != JSON_ARRAY)
        return NULL;
    for (item = array->first; item != NULL && index > 0; index--)
        item = item->next;
    return item;
}

const struct json *json_path(const struct json *root, const char *path)
{
    char name[64];

    while (root != NULL && *path != '\0') {
        if (*path == '[') {
            char *end;
            root = json_at(root, strtoul(path + 1, &end, 10));
            path = *end == ']' ? end + 1 : end;
        } else {
            size_t length;
            path += *path == '.';
            length = strcspn(path, ".[");
            if (length == 0 || length >= sizeof name)
                return NULL;
            memcpy(name, path, length);
            name[length] = '\0';
            root = json_get(root, name);
            path += length;
        }
    }
    return root;
}

const struct json *json_pointer(const struct json *root, const char *pointer)
{
    char name[64];

    while (root != NULL && *pointer == '/') {
        size_t length = 0;
        for (pointer++; *pointer != '/' && *pointer != '\0'; pointer++) {
            char c = *pointer;
            if (c == '~')
                c = *++pointer == '1' ? '/' : '~';
            if (length + 1 < sizeof name)
                name[length++] = c;
        }
        name[length] = '\0';
        root = root->kind == JSON_ARRAY ? json_at(root, strtoul(name, NULL, 10))
                                        : json_get(root, name);
    }
    return root;
}

int64_t json_int(const struct json *value, int64_t otherwise)
{
    int64_t number;

    if (value == NULL || value->kind != JSON_NUMBER)
        return otherwise;
    number = value->mantissa;
    for (int32_t i = value->exponent; i > 0; i--)
        number *= 10;
    for (int32_t i = value->exponent; i < 0; i++)
        number /= 10;
    return number;
}

const char *json_text(const struct json *value, const char *otherwise)
{
    return value != NULL && value->kind == JSON_STRING ? value->text : otherwise;
}

bool json_equal(const struct json *a, const struct json *b)
{
    const struct json *x, *y;

    if (a->kind != b->kind || a->size != b->size)
        return false;
    switch (a->kind) {
    case JSON_BOOLEAN: return a->boolean == b->boolean;
    case JSON_NUMBER: return a->mantissa == b->mantissa && a->exponent == b->exponent;
    case JSON_STRING: return memcmp(a->text, b->text, a->size) == 0;
    default: break;
    }
    for (x = a->first, y = b->first; x != NULL; x = x->next, y = y->next) {
        const struct json *other = a->kind == JSON_OBJECT ? json_get(b, x->name) : y;
        if (other == NULL || !json_equal(x, other))
            return false;
    }
    return true;
}
