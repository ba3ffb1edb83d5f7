/* Encodes texts; ENCODE is the call that does it. */
#include "encoding.h"
#include "lambda.h"
#include "nolibc.h"

static int encode(const struct lambda_request *request, struct lambda_response *response)
{
    const struct json *text = json_get(request->event, "text");
    char out[512];
    int64_t length;

    if (text == NULL || text->kind != JSON_STRING)
        return lambda_problem(request, response, 422, "a text is needed");
    length = ENCODE(text->text, text->size, out, sizeof out);
    if (length < 0)
        return lambda_problem(request, response, 413, error_text((int)-length));
    response->body = lambda_object(request);
    lambda_set_text(request, response->body, "encoded", out);
    lambda_set_int(request, response->body, "size", length);
    return OK;
}

static const struct lambda_event events[] = {
    {"{\"text\": \"\"}", 200},
    {"{\"text\": \"any carnal pleasure.\"}", 200},
    {"{\"text\": \"a=1&b=\\u00fc?/+\\u00ff\\u00fe\"}", 200},
    {"{\"text\": null}", 422},
};

LAMBDA(NAME, encode, events);
