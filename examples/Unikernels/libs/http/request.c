/* Requests: the request line, headers, bodies with a length or in chunks. */
#include "encoding.h"
#include "http.h"
#include "nolibc.h"

static const char *const methods[HTTP_METHODS] = {
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT",
};

const char *http_method_name(enum http_method method)
{
    return methods[method];
}

bool http_text_is(const struct http_text *text, const char *value)
{
    return text->size == strlen(value) && strncasecmp(text->text, value, text->size) == 0;
}

const struct http_text *http_header(const struct http_request *request, const char *name)
{
    for (unsigned i = 0; i < request->header_count; i++)
        if (http_text_is(&request->headers[i].name, name))
            return &request->headers[i].value;
    return NULL;
}

static bool is_token(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!isalnum((unsigned char)text[i]) &&
            (text[i] == '\0' || strchr("!#$%&'*+-.^_`|~", text[i]) == NULL))
            return false;
    return size > 0;
}

static int parse_request_line(struct http_request *r, const char *line, size_t size)
{
    const char *space = memchr(line, ' ', size), *end = line + size, *target, *query;
    struct http_text method = {line, space == NULL ? 0 : (size_t)(space - line)};
    unsigned index = 0;

    if (space == NULL || !is_token(line, method.size))
        return -400;
    while (index < HTTP_METHODS && !http_text_is(&method, methods[index]))
        index++;
    if (index == HTTP_METHODS)
        return -501;
    r->method = (enum http_method)index;
    target = space + 1;
    space = memchr(target, ' ', (size_t)(end - target));
    if (space == NULL || space == target || end - space != 9)
        return -400;
    if (memcmp(space + 1, "HTTP/1.", 7) != 0 || !isdigit((unsigned char)space[8]))
        return -505;
    r->minor_version = (unsigned)(space[8] - '0');
    r->target = (struct http_text){target, (size_t)(space - target)};
    query = memchr(target, '?', r->target.size);
    r->path = (struct http_text){target, (size_t)((query == NULL ? space : query) - target)};
    r->query = (struct http_text){query == NULL ? "" : query + 1,
                                  query == NULL ? 0 : (size_t)(space - query) - 1};
    return *target == '/' || *target == '*' ? 0 : -400;
}

static int parse_header(struct http_request *r, const char *line, size_t size)
{
    const char *colon = memchr(line, ':', size), *value, *end = line + size;

    if (colon == NULL || !is_token(line, (size_t)(colon - line)))
        return -400;
    if (r->header_count == HTTP_MAX_HEADERS)
        return -431;
    for (value = colon + 1; value < end && (*value == ' ' || *value == '\t'); value++)
        ;
    while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    r->headers[r->header_count++] = (struct http_header){
        {line, (size_t)(colon - line)}, {value, (size_t)(end - value)}};
    return 0;
}

/* Joins the chunks at the start of the body. */
static int64_t parse_chunks(struct http_request *r, char *body, size_t size)
{
    char *at = body, *end = body + size, *out = body;

    for (;;) {
        char *line_end = memmem(at, (size_t)(end - at), "\r\n", 2), *digits_end;
        size_t chunk;
        if (line_end == NULL)
            return end - at > 16 ? -400 : 0;
        chunk = strtoul(at, &digits_end, 16);
        if (digits_end == at || (*digits_end != '\r' && *digits_end != ';') || chunk > 1 << 24)
            return -400;
        at = line_end + 2;
        if ((size_t)(end - at) < chunk + 2)
            return 0;
        if (at[chunk] != '\r' || at[chunk + 1] != '\n')
            return -400;
        memmove(out, at, chunk);
        out += chunk;
        at += chunk + 2;
        if (chunk == 0)
            break;
    }
    r->body = (struct http_text){body, (size_t)(out - body)};
    return at - body;
}

static int64_t parse_body(struct http_request *r, char *body, size_t size)
{
    const struct http_text *length = http_header(r, "Content-Length");
    const struct http_text *coding = http_header(r, "Transfer-Encoding");
    int64_t count = 0;

    if (coding != NULL && length != NULL)
        return -400; /* two ideas of where the request ends invite smuggling */
    if (coding != NULL)
        return http_text_is(coding, "chunked") ? parse_chunks(r, body, size) : -501;
    if (length != NULL && (!parse_int64(length->text, length->size, &count) || count < 0))
        return -400;
    if (count > 1 << 24)
        return -413;
    r->body = (struct http_text){body, (size_t)count};
    return (size_t)count <= size ? count : INT64_MIN;
}

int64_t http_parse_request(char *data, size_t size, struct http_request *r)
{
    char *end = memmem(data, size, "\r\n\r\n", 4), *at = data;
    const struct http_text *connection;
    int64_t body, error = 0;
    bool chunked;

    *r = (struct http_request){0};
    if (end == NULL)
        return size > 16384 ? -431 : 0;
    while (at < end + 2 && error == 0) {
        char *line_end = memmem(at, (size_t)(end + 2 - at), "\r\n", 2);
        size_t length = (size_t)(line_end - at);
        error = at == data ? parse_request_line(r, at, length) : parse_header(r, at, length);
        at = line_end + 2;
    }
    if (error != 0)
        return error;
    if (r->minor_version > 0 && http_header(r, "Host") == NULL)
        return -400;
    connection = http_header(r, "Connection");
    r->keep_alive = r->minor_version > 0 ? connection == NULL || !http_text_is(connection, "close")
                                         : connection != NULL && http_text_is(connection, "keep-alive");
    at = end + 4;
    chunked = http_header(r, "Transfer-Encoding") != NULL;
    body = parse_body(r, at, size - (size_t)(at - data));
    if (body == INT64_MIN || (chunked && body == 0))
        return 0;
    return body < 0 ? body : at - data + body;
}

int64_t http_query(const struct http_text *query, const char *name, char *to, size_t room)
{
    const char *at = query->text, *end = at + query->size;
    size_t length = strlen(name);

    while (at < end) {
        const char *next = memchr(at, '&', (size_t)(end - at)), *value;
        next = next == NULL ? end : next;
        value = memchr(at, '=', (size_t)(next - at));
        value = value == NULL ? next : value;
        if ((size_t)(value - at) == length && memcmp(at, name, length) == 0) {
            value += value < next;
            return url_decode(value, (size_t)(next - value), to, room, true);
        }
        at = next + 1;
    }
    return -ERROR_NO_ENTRY;
}

int64_t http_cookie(const struct http_request *request, const char *name, char *to, size_t room)
{
    const struct http_text *cookies = http_header(request, "Cookie");
    const char *at = cookies == NULL ? "" : cookies->text, *end;
    size_t length = strlen(name);

    for (end = at + (cookies == NULL ? 0 : cookies->size); at < end;) {
        const char *next = memchr(at, ';', (size_t)(end - at));
        next = next == NULL ? end : next;
        while (at < next && *at == ' ')
            at++;
        if ((size_t)(next - at) > length && memcmp(at, name, length) == 0 && at[length] == '=') {
            size_t size = (size_t)(next - at) - length - 1;
            if (size >= room)
                return -ERROR_TOO_LARGE;
            memcpy(to, at + length + 1, size);
            to[size] = '\0';
            return (int64_t)size;
        }
        at = next + 1;
    }
    return -ERROR_NO_ENTRY;
}
