/* Greets somebody. GREETING and FAREWELL are the words of one language. */
#include "lambda.h"
#include "nolibc.h"
#include "template.h"

static int greet(const struct lambda_request *request, struct lambda_response *response)
{
    const char *name = json_text(json_get(request->event, "name"), NULL);

    if (name == NULL || name[0] == '\0')
        return lambda_problem(request, response, 422, "a name is needed");
    response->type = "text/html";
    return template_render("<p>" GREETING ", {{name}}!{{#leaving}} " FAREWELL "!{{/leaving}}</p>",
                           request->event, &response->text);
}

static const struct lambda_event events[] = {
    {"{\"name\": \"Ada\"}", 200},
    {"{\"name\": \"Grace & Co\", \"leaving\": true}", 200},
    {"{\"name\": 7}", 422},
    {"{\"name\": ", 400},
};

LAMBDA(NAME, greet, events);
