/* json: values, parsed from text and printed to it. */
#pragma once
#include "alloc.h"

enum json_kind { JSON_NULL, JSON_BOOLEAN, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

/* Numbers are exact decimals: mantissa times ten to the exponent. */
struct json {
    enum json_kind kind;
    bool boolean;
    int32_t exponent;
    int64_t mantissa;
    const char *text; /* of a string */
    size_t size;      /* bytes of a string, children of an array or object */
    const char *name; /* when this is a member of an object */
    struct json *first, *last, *next;
};

struct json_error {
    const char *message;
    unsigned line, column;
};

/* Everything lives in the arena. NULL on an error. */
struct json *json_parse(struct arena *arena, const char *text, size_t size,
                        struct json_error *error);
void json_print(const struct json *value, struct buffer *to, unsigned indent); /* 0: one line */

struct json *json_new(struct arena *arena, enum json_kind kind);
struct json *json_string(struct arena *arena, const char *text);
struct json *json_integer(struct arena *arena, int64_t value);
struct json *json_boolean(struct arena *arena, bool value);
struct json *json_append(struct json *array, struct json *value);
struct json *json_set(struct arena *arena, struct json *object, const char *name,
                      struct json *value);

const struct json *json_get(const struct json *object, const char *name);
const struct json *json_at(const struct json *array, size_t index);
/* "orders[2].lines[0].price"; NULL if there is no such value. */
const struct json *json_path(const struct json *root, const char *path);
/* RFC 6901: "/orders/2/lines/0/price". */
const struct json *json_pointer(const struct json *root, const char *pointer);
int64_t json_int(const struct json *value, int64_t otherwise); /* truncates decimals */
const char *json_text(const struct json *value, const char *otherwise);
bool json_equal(const struct json *a, const struct json *b); /* order of members is free */

/* RFC 7396: a patch with null members removes. */
struct json *json_merge(struct arena *arena, const struct json *target, const struct json *patch);

/* A small part of JSON Schema: type, required, properties, items, enum, minimum, maximum,
 * minLength, maxLength. Writes the place and reason of the first violation. */
bool json_validate(const struct json *value, const struct json *schema, char *reason,
                   size_t room);
