#include "http.h"
#include "libc.h"

static char *next_line(char **at, char *end)
{
    char *line = *at, *stop = memchr(line, '\n', (size_t)(end - line));

    if (stop == NULL)
        return NULL;
    *at = stop + 1;
    *stop = '\0';
    if (stop > line && stop[-1] == '\r')
        stop[-1] = '\0';
    return line;
}

static bool decode(char *path)
{
    char *to = path;

    for (; *path != '\0'; path++) {
        if (*path != '%') {
            *to++ = *path;
            continue;
        }
        char hex[3] = {path[1], path[1] != '\0' ? path[2] : '\0', '\0'}, *end;
        unsigned long value = strtoul(hex, &end, 16);
        if (end != hex + 2 || value == 0)
            return false;
        *to++ = (char)value;
        path += 2;
    }
    *to = '\0';
    return true;
}

/* Chunks are joined in place. */
static long join(char *at, char *end)
{
    char *to = at, *start = at;

    for (;;) {
        char *line = next_line(&at, end);
        size_t size;
        if (line == NULL || !isxdigit(*line))
            return -1;
        size = strtoul(line, NULL, 16);
        if (size == 0)
            return to - start;
        if (size + 2 > (size_t)(end - at))
            return -1;
        memmove(to, at, size);
        to += size;
        at += size + 2;
    }
}

const char *http_header(const struct http_request *request, const char *name)
{
    for (unsigned i = 0; i < request->header_count; i++)
        if (strcasecmp(request->headers[i].name, name) == 0)
            return request->headers[i].value;
    return NULL;
}

int http_parse(char *text, size_t size, struct http_request *request)
{
    char *at = text, *end = text + size, *line = next_line(&at, end), *word;
    const char *value;

    memset(request, 0, sizeof *request);
    if (line == NULL || (word = strsep(&line, " ")) == NULL || line == NULL || strlen(word) >= sizeof request->method)
        return 400;
    strlcpy(request->method, word, sizeof request->method);
    request->path = strsep(&line, " ");
    if (line == NULL || strncmp(line, "HTTP/1.", 7) != 0 || request->path[0] != '/')
        return line != NULL && strncmp(line, "HTTP/", 5) == 0 && line[5] != '1' ? 505 : 400;
    if ((request->query = strchr(request->path, '?')) != NULL)
        *request->query++ = '\0';
    if (!decode(request->path))
        return 400;
    while ((line = next_line(&at, end)) != NULL && *line != '\0') {
        char *colon = strchr(line, ':');
        if (colon == NULL || colon == line || request->header_count == 24)
            return colon != NULL && colon != line ? 431 : 400;
        *colon = '\0';
        value = colon + 1 + strspn(colon + 1, " \t");
        request->headers[request->header_count++] = (struct http_header){line, value};
    }
    if (line == NULL)
        return 400;
    request->body = at;
    if ((value = http_header(request, "Transfer-Encoding")) != NULL) {
        long joined = strcasecmp(value, "chunked") == 0 ? join(at, end) : -1;
        if (joined < 0)
            return 400;
        request->body_size = (size_t)joined;
    } else if ((value = http_header(request, "Content-Length")) != NULL) {
        request->body_size = strtoul(value, NULL, 10);
        if (request->body_size > (size_t)(end - at))
            return 400;
    }
    return 0;
}
