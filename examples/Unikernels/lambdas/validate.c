/* Checks events against SCHEMA; GOOD and BAD are one of each kind. */
#include "lambda.h"
#include "nolibc.h"

static int validate(const struct lambda_request *request, struct lambda_response *response)
{
    static const char text[] = SCHEMA;
    struct json *schema = json_parse(request->arena, text, sizeof text - 1, NULL);
    char reason[160];

    if (schema == NULL)
        return ERROR_INTERNAL;
    if (!json_validate(request->event, schema, reason, sizeof reason))
        return lambda_problem(request, response, 422, reason);
    response->body = lambda_object(request);
    json_set(request->arena, response->body, "valid", json_boolean(request->arena, true));
    return OK;
}

static const struct lambda_event events[] = {
    {GOOD, 200},
    {BAD, 422},
    {"{}", 422},
    {"[1, 2", 400},
};

LAMBDA(NAME, validate, events);
