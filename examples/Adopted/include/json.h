#pragma once
#include <stdbool.h>
#include <stddef.h>

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_TEXT, JSON_ARRAY, JSON_OBJECT };
struct json {
    enum json_kind kind;
    double number;
    char *text;               /* of a text */
    char *name;               /* where it is a member of an object */
    struct json *first, *next;
};

struct json *json_parse(const char *text, size_t size); /* NULL: json_error() says why */
const char *json_error(void);                            /* of this thread */
void json_free(struct json *value);
size_t json_print(const struct json *value, char *to, size_t room);
const struct json *json_at(const struct json *value, const char *path); /* "orders[2].price" */
size_t json_count(const struct json *value);
double json_number(const struct json *value, double otherwise);
const char *json_text(const struct json *value, const char *otherwise);
