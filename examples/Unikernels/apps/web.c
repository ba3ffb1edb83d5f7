/* web: an HTTP service over requests that come with the image. */
#include "app.h"
#include "encoding.h"
#include "http.h"
#include "json.h"
#include "template.h"
#include "time.h"

static struct arena arena;
static struct json *notes;

static void send_json(struct http_response *response, const struct json *value)
{
    http_set_header(response, "Content-Type", "application/json");
    json_print(value, &response->body, 0);
}

static void problem(struct http_response *response, int status, const char *title)
{
    struct json *value = json_new(&arena, JSON_OBJECT);

    response->status = status;
    json_set(&arena, value, "error", json_string(&arena, title));
    send_json(response, value);
}

static const struct json *note_of(const struct http_request *request)
{
    int64_t number;

    if (!parse_int64(request->parameters[0].text, request->parameters[0].size, &number) || number < 1)
        return NULL;
    return json_at(notes, (size_t)number - 1);
}

static void get_index(const struct http_request *request, struct http_response *response)
{
    static const char page[] = "<h1>{{count}} note{{count|plural}}</h1>{{#notes}}<p>{{text}}</p>{{/notes}}";
    struct json *data = json_new(&arena, JSON_OBJECT);

    (void)request;
    json_set(&arena, data, "count", json_integer(&arena, (int64_t)notes->size));
    json_set(&arena, data, "notes", notes);
    http_set_header(response, "Content-Type", "text/html; charset=utf-8");
    template_render(page, data, &response->body);
}

static void get_notes(const struct http_request *request, struct http_response *response)
{
    static const char *const types[] = {"application/json", "text/csv"};
    const struct http_text *accept = http_header(request, "Accept");
    char text[128] = "*/*", wanted[64] = "";
    int type;

    if (accept != NULL)
        strlcpy(text, accept->text, accept->size + 1);
    type = http_negotiate(text, types, 2);
    http_query(&request->query, "contains", wanted, sizeof wanted);
    if (type < 0) {
        problem(response, 406, "JSON or CSV");
    } else if (type == 0) {
        send_json(response, notes);
    } else {
        http_set_header(response, "Content-Type", types[1]);
        for (const struct json *n = notes->first; n != NULL; n = n->next)
            if (strstr(json_text(json_get(n, "text"), ""), wanted) != NULL)
                buffer_printf(&response->body, "%ld,\"%s\"\n", json_int(json_get(n, "id"), 0),
                              json_text(json_get(n, "text"), ""));
    }
}

static void get_note(const struct http_request *request, struct http_response *response)
{
    const struct json *note = note_of(request);

    if (note == NULL)
        problem(response, 404, "no such note");
    else
        send_json(response, note);
}

static void post_note(const struct http_request *request, struct http_response *response)
{
    struct json_error error;
    struct json *note = json_parse(&arena, request->body.text, request->body.size, &error);
    char place[32];

    if (note == NULL || json_text(json_get(note, "text"), NULL) == NULL) {
        problem(response, 400, note == NULL ? error.message : "a note needs a text");
        return;
    }
    json_set(&arena, note, "id", json_integer(&arena, (int64_t)notes->size + 1));
    json_append(notes, note);
    snprintf(place, sizeof place, "/notes/%zu", notes->size);
    response->status = 201;
    http_set_header(response, "Location", place);
    send_json(response, note);
}

static void patch_note(const struct http_request *request, struct http_response *response)
{
    struct json *patch = json_parse(&arena, request->body.text, request->body.size, NULL);
    const struct json *note = note_of(request);

    if (note == NULL || patch == NULL)
        problem(response, note == NULL ? 404 : 400, "cannot be patched");
    else
        send_json(response, json_merge(&arena, note, patch));
}

static void get_session(const struct http_request *request, struct http_response *response)
{
    struct date_time time = date_time_from_unix(784111777, 0);
    char user[32], date[40];

    if (http_cookie(request, "user", user, sizeof user) < 0)
        strlcpy(user, "nobody", sizeof user);
    time_format(date, sizeof date, "%a, %d %b %Y %T GMT", &time);
    http_set_header(response, "Date", date);
    http_set_cookie(response, "user", user, 3600);
    buffer_printf(&response->body, "%s\n", user);
}

static void get_asset(const struct http_request *request, struct http_response *response)
{
    char path[64];

    strlcpy(path, request->parameters[0].text, request->parameters[0].size + 1);
    http_set_header(response, "Content-Type", http_type_of(path));
    buffer_printf(&response->body, "content of %s", path);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/", get_index}, {HTTP_GET, "/notes", get_notes}, {HTTP_POST, "/notes", post_note},
    {HTTP_GET, "/notes/:id", get_note}, {HTTP_PATCH, "/notes/:id", patch_note},
    {HTTP_GET, "/session", get_session}, {HTTP_GET, "/assets/*", get_asset},
};

static void print_response(const char *at)
{
    for (; *at != '\0'; at++)
        if (*at != '\r')
            console_put(*at);
    console_puts("\n--");
}

/* Serves all requests of one connection; returns the status of the last answer. */
static int serve(const char *text)
{
    static char data[4096];
    size_t size = strlcpy(data, text, sizeof data), at = 0;
    int status = 0;

    while (at < size) {
        struct http_request request;
        struct http_response response = {0};
        struct buffer out = {0};
        int64_t taken = http_parse_request(data + at, size - at, &request);
        if (taken == 0)
            return 0;
        if (taken > 0)
            http_route(routes, sizeof routes / sizeof routes[0], &request, &response);
        else
            problem(&response, (int)-taken, http_reason((int)-taken));
        http_write_response(&response, &request, &out);
        print_response(out.data);
        status = response.status;
        http_free_response(&response);
        buffer_free(&out);
        at = taken > 0 ? at + (size_t)taken : size;
    }
    return status;
}

static const struct {
    const char *text;
    int status;
} connections[] = {
    {"POST /notes HTTP/1.1\r\nHost: a\r\nContent-Length: 29\r\n\r\n{\"text\": \"milk <& honey>\\n\"} "
     "POST /notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
     "9\r\n{\"text\": \r\n7;x=y\r\n\"caf\xc3\xa9\"\r\n1\r\n}\r\n0\r\n\r\n"
     "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 200},
    {"GET /notes HTTP/1.1\r\nHost: a\r\nAccept: text/csv;q=0.9, application/json;q=0.5\r\n\r\n", 200},
    {"GET /notes?contains=caf%C3%A9 HTTP/1.1\r\nHost: a\r\nAccept: text/*\r\n\r\n", 200},
    {"GET /notes HTTP/1.1\r\nHost: a\r\nAccept: image/png\r\n\r\n", 406},
    {"GET /notes/2 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 200},
    {"HEAD /notes/2 HTTP/1.1\r\nHost: a\r\n\r\n", 200},
    {"GET /notes/9 HTTP/1.1\r\nHost: a\r\n\r\n", 404},
    {"PATCH /notes/1 HTTP/1.0\r\nContent-Length: 28\r\n\r\n{\"text\": null, \"done\": true}", 200},
    {"DELETE /notes HTTP/1.1\r\nHost: a\r\n\r\n", 405},
    {"POST /notes HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n{\"a", 400},
    {"GET /session HTTP/1.1\r\nHost: a\r\nCookie: theme=dark; user=ada\r\n\r\n", 200},
    {"GET /assets/img/logo.svg HTTP/1.1\r\nHost: a\r\n\r\n", 200},
    {"GET /elsewhere HTTP/1.1\r\nHost: a\r\n\r\n", 404},
    {"BREW /pot HTTP/1.1\r\nHost: a\r\n\r\n", 501}, {"GET / HTTP/2.0\r\n\r\n", 505},
    {"GET / HTTP/1.1\r\n\r\n", 400}, {"nonsense\r\n\r\n", 400},
    {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
    {"GET / HTTP/1.1\r\nHost: incomplete", 0},
};

static void show_ranges(void)
{
    uint64_t first, last;

    check(http_range("bytes=0-99", 1000, &first, &last) && first == 0 && last == 99, "the first hundred bytes");
    check(http_range("bytes=-10", 1000, &first, &last) && first == 990 && last == 999, "the last ten");
    check(http_range("bytes=990-2000", 1000, &first, &last) && last == 999, "as many as there are");
    check(!http_range("bytes=1000-", 1000, &first, &last), "nothing past the end");
}

static int web_main(void)
{
    notes = json_new(&arena, JSON_ARRAY);
    for (size_t i = 0; i < sizeof connections / sizeof connections[0]; i++) {
        int status = serve(connections[i].text);
        if (status != connections[i].status)
            check_number("status", status, connections[i].status);
    }
    check_number("notes", (int64_t)notes->size, 2);
    show_ranges();
    arena_free(&arena);
    check(alloc_check(), "the heap is in order");
    return failures;
}

APP_DESCRIPTOR("web", web_main, NULL);
