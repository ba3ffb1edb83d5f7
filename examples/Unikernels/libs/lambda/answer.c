/* What handlers need to make their answers. */
#include "lambda.h"
#include "nolibc.h"

struct json *lambda_object(const struct lambda_request *request)
{
    return json_new(request->arena, JSON_OBJECT);
}

void lambda_set_text(const struct lambda_request *request, struct json *object,
                     const char *name, const char *text)
{
    json_set(request->arena, object, name, json_string(request->arena, text));
}

void lambda_set_int(const struct lambda_request *request, struct json *object,
                    const char *name, int64_t value)
{
    json_set(request->arena, object, name, json_integer(request->arena, value));
}

static const char *title(int status)
{
    static const struct {
        int status;
        const char *title;
    } titles[] = {
        {400, "the event cannot be read"}, {401, "the caller is not known"},
        {403, "the caller may not do this"}, {404, "there is no such thing"},
        {409, "the state does not allow this"}, {413, "the event is too large"},
        {422, "the event does not make sense"}, {429, "too many calls"},
        {500, "the function has failed"}, {501, "this is not supported"},
    };

    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
        if (titles[i].status == status)
            return titles[i].title;
    return "something went wrong";
}

int lambda_problem(const struct lambda_request *request, struct lambda_response *response,
                   int status, const char *detail)
{
    struct json *problem = lambda_object(request);

    lambda_set_int(request, problem, "status", status);
    lambda_set_text(request, problem, "title", title(status));
    lambda_set_text(request, problem, "detail", detail);
    response->status = status;
    response->type = "application/problem+json";
    response->body = problem;
    return OK;
}
