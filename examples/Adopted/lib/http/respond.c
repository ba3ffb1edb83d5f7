#include "http.h"
#include "libc.h"
#include "log.h"

extern const struct http_route kiln_routes_start[], kiln_routes_end[];

static const char *reason(int status)
{
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 204: return "No Content";
    case 400: return "Bad Request";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 431: return "Request Header Fields Too Large";
    case 505: return "HTTP Version Not Supported";
    default: return "Internal Server Error";
    }
}

void http_printf(struct http_answer *answer, const char *format, ...)
{
    va_list arguments;
    size_t room = sizeof answer->body - answer->size;
    int n;

    va_start(arguments, format);
    n = vsnprintf(answer->body + answer->size, room, format, arguments);
    va_end(arguments);
    answer->size += (size_t)n < room ? (size_t)n : room - 1;
}

static void route(const struct http_request *request, struct http_answer *answer)
{
    bool path_known = false;

    for (const struct http_route *r = kiln_routes_start; r < kiln_routes_end; r++) {
        size_t n = r->path != NULL ? strlen(r->path) : 0;
        bool folder = n > 0 && r->path[n - 1] == '/';
        if (n == 0 || (folder ? strncmp(request->path, r->path, n) != 0 : strcmp(request->path, r->path) != 0))
            continue;
        path_known = true;
        if (strcmp(request->method, r->method) == 0) {
            r->handler(request, answer);
            return;
        }
    }
    answer->status = path_known ? 405 : 404;
}

size_t http_serve(char *text, size_t size, char *to, size_t room)
{
    static struct http_answer answer;
    struct http_request request;
    int wrong = http_parse(text, size, &request), n;

    answer.status = wrong != 0 ? wrong : 200;
    answer.type = "text/plain";
    answer.size = 0;
    answer.body[0] = '\0';
    if (wrong == 0)
        route(&request, &answer);
    log_debug("%s %s: %d", request.method, request.path != NULL ? request.path : "?", answer.status);
    n = snprintf(to, room, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n%s", answer.status, reason(answer.status),
                 answer.type, answer.size, answer.body);
    return (size_t)n;
}
