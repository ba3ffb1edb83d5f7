/* HTTP/1.1 without a network: requests as text in, answers as text out. Routes are collected by the linker. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct http_header { const char *name, *value; };
struct http_request {
    char method[8], *path, *query, *body;
    size_t body_size;
    unsigned header_count;
    struct http_header headers[24];
};
struct http_answer {
    int status;
    const char *type;
    char body[2048];
    size_t size;
};

typedef void (*http_handler)(const struct http_request *request, struct http_answer *answer);
struct http_route { const char *method, *path; http_handler handler; };
/* Longer paths are tried first, so the name of the section counts backwards: 00 before 99. */
#define HTTP_ROUTE(order, verb, where, function)                                                              \
    __attribute__((used, aligned(8), section(".kiln.route." #order "." #function))) static const struct http_route \
        http_route_##function = {verb, where, function}

int http_parse(char *text, size_t size, struct http_request *request); /* 0, or the status that says what is wrong */
const char *http_header(const struct http_request *request, const char *name);
size_t http_serve(char *text, size_t size, char *to, size_t room);      /* parse, find the route, answer */
void http_printf(struct http_answer *answer, const char *format, ...) __attribute__((format(printf, 2, 3)));
