/* Renders pages from TEMPLATE. */
#include "lambda.h"
#include "nolibc.h"
#include "template.h"

static int page(const struct lambda_request *request, struct lambda_response *response)
{
    if (json_get(request->event, "title") == NULL)
        return lambda_problem(request, response, 422, "a page needs a title");
    response->type = "text/html";
    return template_render(TEMPLATE, request->event, &response->text);
}

static const struct lambda_event events[] = {
    {"{\"title\": \"Orders <today>\", \"items\": [{\"name\": \"Tea\", \"price\": 3.5, \"tags\": [\"hot\"]},"
     " {\"name\": \"Cake\", \"price\": 4, \"tags\": []}], \"total\": 7.5}", 200},
    {"{\"title\": \"Empty\", \"items\": [], \"total\": 0}", 200},
    {"{\"items\": []}", 422},
};

LAMBDA(NAME, page, events);
