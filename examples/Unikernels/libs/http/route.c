/* Routes: patterns against paths, and what to answer when none fits. */
#include "http.h"
#include "nolibc.h"

static bool matches(const char *pattern, struct http_request *request)
{
    const char *at = request->path.text, *end = at + request->path.size;
    unsigned parameter = 0;

    memset(request->parameters, 0, sizeof request->parameters);
    while (*pattern != '\0') {
        if (*pattern == '*') { /* the rest, whatever it is */
            request->parameters[parameter] = (struct http_text){at, (size_t)(end - at)};
            return true;
        }
        if (*pattern == ':') {
            const char *slash = memchr(at, '/', (size_t)(end - at));
            slash = slash == NULL ? end : slash;
            if (slash == at || parameter == HTTP_MAX_PARAMETERS - 1)
                return false;
            request->parameters[parameter++] = (struct http_text){at, (size_t)(slash - at)};
            at = slash;
            pattern += strcspn(pattern, "/");
            continue;
        }
        if (at == end || *at++ != *pattern++)
            return false;
    }
    return at == end;
}

static bool method_fits(const struct http_route *route, const struct http_request *request)
{
    return route->method == request->method ||
           (route->method == HTTP_GET && request->method == HTTP_HEAD);
}

static void refuse(unsigned allowed, struct http_response *response)
{
    struct buffer list = {0};

    response->status = allowed == 0 ? 404 : 405;
    for (unsigned method = 0; method < HTTP_METHODS; method++)
        if (allowed >> method & 1)
            buffer_printf(&list, "%s%s", list.size > 0 ? ", " : "",
                          http_method_name((enum http_method)method));
    if (allowed != 0)
        http_set_header(response, "Allow", list.data);
    http_set_header(response, "Content-Type", "text/plain");
    buffer_printf(&response->body, "%s\n", http_reason(response->status));
    buffer_free(&list);
}

void http_route(const struct http_route *routes, size_t count, struct http_request *request,
                struct http_response *response)
{
    unsigned allowed = 0;

    for (size_t i = 0; i < count; i++) {
        if (!matches(routes[i].pattern, request))
            continue;
        if (method_fits(&routes[i], request)) {
            response->status = 200;
            routes[i].handler(request, response);
            return;
        }
        allowed |= 1u << routes[i].method;
    }
    refuse(allowed, response);
}
