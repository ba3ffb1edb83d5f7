/* Groups rows of comma-separated values by column KEY and aggregates column VALUE. */
#include "encoding.h"
#include "lambda.h"
#include "nolibc.h"

enum { COUNT, TOTAL, LEAST, MOST, AVERAGE };
enum { MAX_GROUPS = 16 };

struct group {
    const char *key;
    int64_t count, total, least, most;
};

static void add(struct group *group, int64_t value)
{
    group->least = group->count == 0 || value < group->least ? value : group->least;
    group->most = group->count == 0 || value > group->most ? value : group->most;
    group->total += value;
    group->count++;
}

static int64_t figure(const struct group *group)
{
    switch (FIGURE) {
    case COUNT: return group->count;
    case TOTAL: return group->total;
    case LEAST: return group->least;
    case MOST: return group->most;
    default: return group->total / group->count;
    }
}

static struct group *find(struct group *groups, size_t *count, const char *key)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(groups[i].key, key) == 0)
            return &groups[i];
    if (*count == MAX_GROUPS)
        return NULL;
    groups[*count].key = key;
    return &groups[(*count)++];
}

static int group_rows(const struct lambda_request *request, struct lambda_response *response)
{
    const struct json *csv = json_get(request->event, "csv");
    struct group groups[MAX_GROUPS] = {{0}}, *group;
    char *fields[8], *rest, *line;
    size_t count = 0;

    if (csv == NULL || csv->kind != JSON_STRING)
        return lambda_problem(request, response, 422, "csv must be a text");
    line = strtok_r(arena_copy(request->arena, csv->text, csv->size), "\n", &rest);
    for (; line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        int64_t value;
        if (csv_split(line, fields, 8) != 3)
            return lambda_problem(request, response, 422, "each row needs three columns");
        if (!parse_int64(fields[VALUE], strlen(fields[VALUE]), &value))
            return lambda_problem(request, response, 422, "the last column must be a number");
        group = find(groups, &count, fields[KEY]);
        if (group == NULL)
            return lambda_problem(request, response, 413, "too many groups");
        add(group, value);
    }
    response->body = lambda_object(request);
    for (size_t i = 0; i < count; i++)
        lambda_set_int(request, response->body, groups[i].key, figure(&groups[i]));
    return OK;
}

static const struct lambda_event events[] = {
    {"{\"csv\": \"tea,north,12\\ncake,south,30\\ntea,south,8\\n\\\"scones, plain\\\",north,5\\ntea,north,1\"}", 200},
    {"{\"csv\": \"\"}", 200},
    {"{\"csv\": \"tea,north\"}", 422},
    {"{\"csv\": \"tea,north,many\"}", 422},
};

LAMBDA(NAME, group_rows, events);
