/* http: HTTP/1.1 messages, routes, cookies, types. */
#pragma once
#include "alloc.h"

enum { HTTP_MAX_HEADERS = 32, HTTP_MAX_PARAMETERS = 8 };

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_PUT, HTTP_PATCH, HTTP_DELETE,
                   HTTP_OPTIONS, HTTP_TRACE, HTTP_CONNECT, HTTP_METHODS };

struct http_text {
    const char *text;
    size_t size;
};

struct http_header {
    struct http_text name, value;
};

struct http_request {
    enum http_method method;
    struct http_text target, path, query, body;
    unsigned minor_version;
    unsigned header_count;
    struct http_header headers[HTTP_MAX_HEADERS];
    struct http_text parameters[HTTP_MAX_PARAMETERS]; /* set by http_route */
    bool keep_alive;
};

/* Parses in place: the request points into data (chunked bodies are joined there).
 * Returns how many bytes it took, 0 if more are needed, or minus a status such as 400. */
int64_t http_parse_request(char *data, size_t size, struct http_request *request);
const struct http_text *http_header(const struct http_request *request, const char *name);
bool http_text_is(const struct http_text *text, const char *value); /* ignores case */
/* A decoded parameter of the query, or of a form in the body. */
int64_t http_query(const struct http_text *query, const char *name, char *to, size_t room);
int64_t http_cookie(const struct http_request *request, const char *name, char *to, size_t room);
/* The best of our types for the Accept header; -1: none is acceptable. */
int http_negotiate(const char *accept, const char *const *types, size_t count);
/* "bytes=0-99" for a body of this size. */
bool http_range(const char *text, uint64_t size, uint64_t *first, uint64_t *last);

struct http_response {
    int status;
    struct buffer headers, body;
};
typedef void (*http_handler)(const struct http_request *request, struct http_response *response);

void http_set_header(struct http_response *response, const char *name, const char *value);
void http_set_cookie(struct http_response *response, const char *name, const char *value,
                     unsigned max_age);
void http_write_response(const struct http_response *response,
                         const struct http_request *request, struct buffer *to);
void http_free_response(struct http_response *response);

/* Routes: ":id" in a pattern takes one part of the path, a star the rest; the first fit counts. */
struct http_route {
    enum http_method method;
    const char *pattern;
    http_handler handler;
};
void http_route(const struct http_route *routes, size_t count, struct http_request *request,
                struct http_response *response);

const char *http_reason(int status);
const char *http_method_name(enum http_method method);
const char *http_type_of(const char *path); /* content type by the file's extension */
