/* config: jansson and PCRE2. Settings in JSON are merged, checked against patterns and used to fill templates. */
#include "service.h"

#include <jansson.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static const char defaults[] =
    "{\"name\": \"service\", \"listen\": {\"host\": \"127.0.0.1\", \"port\": 8080},"
    " \"log\": {\"level\": \"info\", \"file\": null}, \"workers\": 4}";

static const char local[] =
    "{\"name\": \"shop-1\", \"listen\": {\"port\": 8443}, \"log\": {\"file\": \"/var/log/shop.log\"}}";

static const char rules[] =
    "{\"name\": \"^[a-z][a-z0-9-]*$\", \"listen.host\": \"^(\\\\d{1,3})(\\\\.(?1)){3}$\","
    " \"listen.port\": \"^[1-9]\\\\d{0,4}$\", \"log.level\": \"^(debug|info|error)$\", \"workers\": \"^[1-9]$\"}";

/* The setting at a dotted path, as text; good until the next call. */
static const char *setting(const json_t *settings, const char *path)
{
    static char text[100];
    char part[100], *rest;

    snprintf(part, sizeof part, "%s", path);
    for (char *name = strtok_r(part, ".", &rest); name != NULL; name = strtok_r(NULL, ".", &rest))
        settings = json_object_get(settings, name);
    if (json_is_string(settings))
        snprintf(text, sizeof text, "%s", json_string_value(settings));
    else if (json_is_integer(settings))
        snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(settings));
    else
        strcpy(text, "(none)");
    return text;
}

static bool matches(const char *pattern, const char *text)
{
    int error;
    PCRE2_SIZE at;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, 0, &error, &at, NULL);

    if (code == NULL)
        return false;
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(code, NULL);
    bool good = pcre2_match(code, (PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED, 0, 0, match, NULL) > 0;
    pcre2_match_data_free(match);
    pcre2_code_free(code);
    return good;
}

/* How many rules the settings break; each is named. */
static int broken_rules(const json_t *settings, json_t *checks)
{
    int broken = 0;
    const char *path;
    json_t *pattern;

    json_object_foreach(checks, path, pattern) {
        if (!matches(json_string_value(pattern), setting(settings, path))) {
            printf("  %s is wrong: %s\n", path, setting(settings, path));
            broken++;
        }
    }
    return broken;
}

/* Replaces each ${path} of the template. */
static const char *fill(const json_t *settings, const char *template)
{
    static char out[300];
    int error;
    PCRE2_SIZE at = 0, used = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)"\\$\\{([a-z.]+)\\}", PCRE2_ZERO_TERMINATED, 0, &error, &at, NULL);
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(code, NULL);

    at = 0;
    while (pcre2_match(code, (PCRE2_SPTR)template, PCRE2_ZERO_TERMINATED, at, 0, match, NULL) > 0) {
        const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(match);
        char path[60];

        snprintf(path, sizeof path, "%.*s", (int)(ends[3] - ends[2]), template + ends[2]);
        used += (size_t)snprintf(out + used, sizeof out - used, "%.*s%s", (int)(ends[0] - at), template + at,
                                 setting(settings, path));
        at = ends[1];
    }
    snprintf(out + used, sizeof out - used, "%s", template + at);
    pcre2_match_data_free(match);
    pcre2_code_free(code);
    return out;
}

int main(void)
{
    json_error_t error;
    json_t *settings = json_loads(defaults, 0, &error), *own = json_loads(local, 0, &error);
    json_t *checks = json_loads(rules, 0, &error);

    printf("config: settings in layers\n");
    if (!check(settings != NULL && own != NULL && checks != NULL, "three documents"))
        return finish("config");
    json_object_update_recursive(settings, own);
    char *merged = json_dumps(settings, JSON_SORT_KEYS);
    check_text("merged", merged, "{\"listen\": {\"host\": \"127.0.0.1\", \"port\": 8443}, \"log\": {\"file\": "
               "\"/var/log/shop.log\", \"level\": \"info\"}, \"name\": \"shop-1\", \"workers\": 4}");
    free(merged);
    check_number("broken rules", broken_rules(settings, checks), 0);
    check_text("filled", fill(settings, "${name} on ${listen.host}:${listen.port}, ${workers} workers"),
               "shop-1 on 127.0.0.1:8443, 4 workers");
    json_object_set_new(settings, "workers", json_integer(12));
    json_object_set_new(json_object_get(settings, "listen"), "host", json_string("127.0.0"));
    check_number("broken rules", broken_rules(settings, checks), 2);
    check(json_loads("{\"a\": [1, 2,]}", 0, &error) == NULL, "a trailing comma is refused");
    check_number("in column", error.column, 13);
    json_decref(settings), json_decref(own), json_decref(checks);
    return finish("config");
}
