#include "json.h"
#include "libc.h"

const struct json *json_at(const struct json *value, const char *path)
{
    while (value != NULL && *path != '\0') {
        const struct json *member = value->first;
        if (*path == '[') {
            char *end;
            unsigned long index = strtoul(path + 1, &end, 10);
            if (*end != ']' || value->kind != JSON_ARRAY)
                return NULL;
            for (; member != NULL && index > 0; index--)
                member = member->next;
            path = end + 1;
        } else {
            size_t n;
            path += *path == '.';
            n = strcspn(path, ".[");
            if (value->kind != JSON_OBJECT)
                return NULL;
            while (member != NULL && !(strlen(member->name) == n && memcmp(member->name, path, n) == 0))
                member = member->next;
            path += n;
        }
        value = member;
    }
    return value;
}

size_t json_count(const struct json *value)
{
    size_t count = 0;

    for (const struct json *member = value != NULL ? value->first : NULL; member != NULL; member = member->next)
        count++;
    return count;
}

double json_number(const struct json *value, double otherwise)
{
    return value != NULL && value->kind == JSON_NUMBER ? value->number : otherwise;
}

const char *json_text(const struct json *value, const char *otherwise)
{
    return value != NULL && value->kind == JSON_TEXT ? value->text : otherwise;
}
