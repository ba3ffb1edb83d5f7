/* Responses, and the tables of status codes. */
#include "http.h"
#include "nolibc.h"

static const struct {
    int status;
    const char *reason;
} reasons[] = {
    {100, "Continue"}, {101, "Switching Protocols"}, {102, "Processing"}, {103, "Early Hints"},
    {200, "OK"}, {201, "Created"}, {202, "Accepted"}, {203, "Non-Authoritative Information"},
    {204, "No Content"}, {205, "Reset Content"}, {206, "Partial Content"}, {207, "Multi-Status"},
    {208, "Already Reported"}, {226, "IM Used"}, {300, "Multiple Choices"},
    {301, "Moved Permanently"}, {302, "Found"}, {303, "See Other"}, {304, "Not Modified"},
    {305, "Use Proxy"}, {307, "Temporary Redirect"}, {308, "Permanent Redirect"},
    {400, "Bad Request"}, {401, "Unauthorized"}, {402, "Payment Required"}, {403, "Forbidden"},
    {404, "Not Found"}, {405, "Method Not Allowed"}, {406, "Not Acceptable"},
    {407, "Proxy Authentication Required"}, {408, "Request Timeout"}, {409, "Conflict"},
    {410, "Gone"}, {411, "Length Required"}, {412, "Precondition Failed"},
    {413, "Content Too Large"}, {414, "URI Too Long"}, {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"}, {417, "Expectation Failed"}, {421, "Misdirected Request"},
    {422, "Unprocessable Content"}, {423, "Locked"}, {424, "Failed Dependency"},
    {425, "Too Early"}, {426, "Upgrade Required"}, {428, "Precondition Required"},
    {429, "Too Many Requests"}, {431, "Request Header Fields Too Large"},
    {451, "Unavailable For Legal Reasons"}, {500, "Internal Server Error"},
    {501, "Not Implemented"}, {502, "Bad Gateway"}, {503, "Service Unavailable"},
    {504, "Gateway Timeout"}, {505, "HTTP Version Not Supported"},
    {506, "Variant Also Negotiates"}, {507, "Insufficient Storage"}, {508, "Loop Detected"},
    {510, "Not Extended"}, {511, "Network Authentication Required"},
};

const char *http_reason(int status)
{
    static const char *const classes[] = {"Unknown", "Informational", "Success", "Redirection",
                                          "Client Error", "Server Error"};

    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return classes[status >= 100 && status < 600 ? status / 100 : 0];
}

/* Line ends in a value would let it add headers of its own. */
void http_set_header(struct http_response *response, const char *name, const char *value)
{
    buffer_text(&response->headers, name);
    buffer_text(&response->headers, ": ");
    for (; *value != '\0'; value++)
        buffer_char(&response->headers, *value == '\r' || *value == '\n' ? ' ' : *value);
    buffer_text(&response->headers, "\r\n");
}

void http_set_cookie(struct http_response *response, const char *name, const char *value,
                     unsigned max_age)
{
    char text[256];

    snprintf(text, sizeof text, "%s=%s; Max-Age=%u; Path=/; HttpOnly; SameSite=Lax", name, value,
             max_age);
    http_set_header(response, "Set-Cookie", text);
}

void http_write_response(const struct http_response *response,
                         const struct http_request *request, struct buffer *to)
{
    bool bodiless = response->status == 204 || response->status == 304 || response->status < 200;

    buffer_printf(to, "HTTP/1.1 %d %s\r\n", response->status, http_reason(response->status));
    if (response->headers.size > 0)
        buffer_add(to, response->headers.data, response->headers.size);
    if (!bodiless)
        buffer_printf(to, "Content-Length: %zu\r\n", response->body.size);
    buffer_printf(to, "Connection: %s\r\n\r\n", request->keep_alive ? "keep-alive" : "close");
    if (!bodiless && request->method != HTTP_HEAD && response->body.size > 0)
        buffer_add(to, response->body.data, response->body.size);
}

void http_free_response(struct http_response *response)
{
    buffer_free(&response->headers);
    buffer_free(&response->body);
}
