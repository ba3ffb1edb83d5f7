/* Merging patches, and checking values against a schema. */
#include "encoding.h"
#include "json.h"
#include "nolibc.h"

static struct json *copy_member(struct arena *arena, const struct json *value)
{
    struct json *copy = json_new(arena, value->kind);

    *copy = *value; /* children are shared: values never change once they are made */
    copy->next = NULL;
    return copy;
}

struct json *json_merge(struct arena *arena, const struct json *target, const struct json *patch)
{
    struct json *result;

    if (patch->kind != JSON_OBJECT)
        return copy_member(arena, patch);
    result = json_new(arena, JSON_OBJECT);
    if (target != NULL && target->kind == JSON_OBJECT)
        for (const struct json *m = target->first; m != NULL; m = m->next) {
            const struct json *change = json_get(patch, m->name);
            if (change == NULL)
                json_set(arena, result, m->name, copy_member(arena, m));
            else if (change->kind != JSON_NULL)
                json_set(arena, result, m->name, json_merge(arena, m, change));
        }
    for (const struct json *m = patch->first; m != NULL; m = m->next)
        if (m->kind != JSON_NULL && json_get(target, m->name) == NULL)
            json_set(arena, result, m->name, json_merge(arena, NULL, m));
    return result;
}

struct check {
    char path[128];
    char *reason;
    size_t room;
};

static bool violated(struct check *check, const char *what, const char *detail)
{
    snprintf(check->reason, check->room, "%s: %s%s", check->path[0] ? check->path : "/", what,
             detail);
    return false;
}

static bool has_type(const struct json *value, const char *type)
{
    static const char *const names[] = {"null", "boolean", "number", "string", "array", "object"};

    if (strcmp(type, "integer") == 0)
        return value->kind == JSON_NUMBER && value->exponent >= 0;
    return strcmp(type, names[value->kind]) == 0;
}

static bool check_number(struct check *check, const struct json *value, const struct json *schema)
{
    const struct json *low = json_get(schema, "minimum"), *high = json_get(schema, "maximum");
    int64_t number = json_int(value, 0);

    if (low != NULL && number < json_int(low, 0))
        return violated(check, "is less than the minimum", "");
    if (high != NULL && (number > json_int(high, 0) ||
                         (number == json_int(high, 0) && value->exponent < 0)))
        return violated(check, "is more than the maximum", "");
    return true;
}

static bool check_string(struct check *check, const struct json *value, const struct json *schema)
{
    int64_t length = (int64_t)utf8_count(value->text, value->size);

    if (length < json_int(json_get(schema, "minLength"), 0))
        return violated(check, "is shorter than allowed", "");
    if (length > json_int(json_get(schema, "maxLength"), INT64_MAX))
        return violated(check, "is longer than allowed", "");
    return true;
}

static bool validate(struct check *check, const struct json *value, const struct json *schema);

static bool validate_at(struct check *check, const struct json *value, const struct json *schema,
                        const char *format, ...)
{
    size_t length = strlen(check->path);
    va_list arguments;
    bool good;

    va_start(arguments, format);
    vsnprintf(check->path + length, sizeof check->path - length, format, arguments);
    va_end(arguments);
    good = validate(check, value, schema);
    check->path[length] = '\0';
    return good;
}

static bool check_object(struct check *check, const struct json *value, const struct json *schema)
{
    const struct json *required = json_get(schema, "required");
    const struct json *properties = json_get(schema, "properties");

    for (const struct json *r = required ? required->first : NULL; r != NULL; r = r->next)
        if (json_get(value, json_text(r, "")) == NULL)
            return violated(check, "lacks the member ", json_text(r, ""));
    for (const struct json *p = properties ? properties->first : NULL; p != NULL; p = p->next) {
        const struct json *member = json_get(value, p->name);
        if (member != NULL && !validate_at(check, member, p, "/%s", p->name))
            return false;
    }
    return true;
}

static bool check_array(struct check *check, const struct json *value, const struct json *schema)
{
    const struct json *items = json_get(schema, "items");
    size_t index = 0;

    for (const struct json *i = items ? value->first : NULL; i != NULL; i = i->next)
        if (!validate_at(check, i, items, "/%zu", index++))
            return false;
    return true;
}

static bool validate(struct check *check, const struct json *value, const struct json *schema)
{
    const char *type = json_text(json_get(schema, "type"), NULL);
    const struct json *allowed = json_get(schema, "enum");

    if (type != NULL && !has_type(value, type))
        return violated(check, "is not of type ", type);
    if (allowed != NULL) {
        const struct json *one = allowed->first;
        while (one != NULL && !json_equal(one, value))
            one = one->next;
        if (one == NULL)
            return violated(check, "is not one of the values allowed", "");
    }
    switch (value->kind) {
    case JSON_NUMBER: return check_number(check, value, schema);
    case JSON_STRING: return check_string(check, value, schema);
    case JSON_OBJECT: return check_object(check, value, schema);
    case JSON_ARRAY: return check_array(check, value, schema);
    default: return true;
    }
}

bool json_validate(const struct json *value, const struct json *schema, char *reason, size_t room)
{
    struct check check = {"", reason, room};

    return validate(&check, value, schema);
}
