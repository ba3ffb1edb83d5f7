/* Finds everything in a text that matches PATTERN, and a version where it is masked. */
#include "lambda.h"
#include "nolibc.h"
#include "regex.h"

static void add_matches(const struct lambda_request *request, const struct regex *regex,
                        const struct json *text, struct json *list)
{
    struct regex_match match;
    size_t from = 0;

    while (from <= text->size && regex_search(regex, text->text, text->size, from, &match)) {
        size_t size = (size_t)(match.end[0] - match.start[0]);
        char *found = arena_copy(request->arena, text->text + match.start[0], size);
        json_append(list, json_string(request->arena, found));
        from = (size_t)match.end[0] + (size == 0);
    }
}

static int extract(const struct lambda_request *request, struct lambda_response *response)
{
    const struct json *text = json_get(request->event, "text");
    struct regex *regex;
    struct json *list;
    char masked[512];

    if (text == NULL || text->kind != JSON_STRING)
        return lambda_problem(request, response, 422, "a text is needed");
    regex = regex_compile(PATTERN, REGEX_IGNORE_CASE, NULL);
    if (regex == NULL)
        return ERROR_SYNTAX;
    response->body = lambda_object(request);
    list = json_set(request->arena, response->body, "found", json_new(request->arena, JSON_ARRAY));
    add_matches(request, regex, text, list);
    if (regex_replace(regex, text->text, "***", masked, sizeof masked) >= 0)
        lambda_set_text(request, response->body, "masked", masked);
    regex_free(regex);
    return OK;
}

static const struct lambda_event events[] = {
    {"{\"text\": \"Mail ada@example.org or Bob.Smith@mail.example.com before 2024-05-17, host 10.0.0.254\"}", 200},
    {"{\"text\": \"Colours #ff8800 and #ABC; call +49 30 1234567; id 123e4567-e89b-42d3-a456-426614174000\"}", 200},
    {"{\"text\": \"nothing to see\"}", 200},
    {"{\"text\": []}", 422},
};

LAMBDA(NAME, extract, events);
