/* site: a web site out of an archive: pages are rendered, compressed, cached and sealed. */
#include "app.h"
#include "cipher.h"
#include "compress.h"
#include "encoding.h"
#include "hash.h"
#include "http.h"
#include "json.h"
#include "ramfs.h"
#include "random.h"
#include "sched.h"
#include "template.h"
#include "time.h"

enum { CONNECTIONS = 6, BODY_ROOM = 8192 };

static const char layout[] =
    "<html><title>{{site.name}}: {{page}}</title>{{{body}}}"
    "<footer>{{site.author|upper}}, {{changed}}</footer></html>";

static const char style[] = "body { margin: 2em }\n";

static uint8_t session_key[32];
static unsigned cache_hits;

static void make_site(void)
{
    static const char config[] = "{\"name\": \"Pages & more\", \"author\": \"ada\"}";
    static const char home[] =
        "# Welcome\n\nThis site is *one* image. Read [more](/about).\n\n- equal pages\n- **merged** pages\n";
    static const char about[] =
        "# About\n\n> All libraries lie\n> where they always lie.\n\n1. build\n2. link\n\n```\nld -T plan.lds\n```\n";

    fs_make_directories("/site/pages");
    fs_write_file("/site/config.json", config, sizeof config - 1);
    fs_write_file("/site/pages/index.md", home, sizeof home - 1);
    fs_write_file("/site/pages/about.md", about, sizeof about - 1);
    fs_write_file("/site/style.css", style, sizeof style - 1);
    fs_make_directory("/cache");
}

/* Reads a whole file as a text; the caller frees it. */
static char *read_text(const char *path)
{
    struct fs_status status;
    char *text;

    if (fs_status(path, &status) != OK || status.kind != FS_FILE)
        return NULL;
    text = calloc(1, status.size + 1);
    fs_read_file(path, text, status.size);
    return text;
}

static bool render_page(const char *name, struct buffer *to)
{
    char path[96], date[32];
    struct date_time changed = date_time_from_unix(1715940000, zone_offset(zone_find("Europe/Vienna"), 1715940000));
    struct arena arena = {0};
    struct buffer body = {0};
    struct json *data = json_new(&arena, JSON_OBJECT);
    char *config = read_text("/site/config.json"), *text;

    snprintf(path, sizeof path, "/site/pages/%s.md", name);
    text = read_text(path);
    if (text != NULL) {
        markdown_render(text, &body);
        time_format(date, sizeof date, "%F %H:%M %z", &changed);
        json_set(&arena, data, "site", json_parse(&arena, config, strlen(config), NULL));
        json_set(&arena, data, "page", json_string(&arena, name));
        json_set(&arena, data, "body", json_string(&arena, body.data));
        json_set(&arena, data, "changed", json_string(&arena, date));
        template_render(layout, data, to);
    }
    free(text);
    free(config);
    buffer_free(&body);
    arena_free(&arena);
    return to->size > 0;
}

/* Compressed bodies are kept under the hash of what they came from. */
static void compress_body(struct http_response *response)
{
    uint8_t digest[HASH_MAX_SIZE], *packed = malloc(BODY_ROOM);
    char path[64] = "/cache/", hex[65];
    int64_t size;

    hash_data(HASH_SHA256, response->body.data, response->body.size, digest);
    hash_hex(digest, 32, hex);
    strlcat(path, hex, 40);
    size = fs_read_file(path, packed, BODY_ROOM);
    if (size > 0) {
        cache_hits++;
    } else {
        size = compress_deflate(COMPRESS_GZIP, 9, response->body.data, response->body.size, packed, BODY_ROOM);
        fs_write_file(path, packed, (size_t)size);
    }
    response->body.size = 0;
    buffer_add(&response->body, packed, (size_t)size);
    http_set_header(response, "Content-Encoding", "gzip");
    free(packed);
}

static void finish(const struct http_request *request, struct http_response *response)
{
    const struct http_text *accept = http_header(request, "Accept-Encoding"), *match;
    char tag[24];

    snprintf(tag, sizeof tag, "\"%016lx\"", xxhash64(0, response->body.data, response->body.size));
    http_set_header(response, "ETag", tag);
    match = http_header(request, "If-None-Match");
    if (match != NULL && http_text_is(match, tag)) {
        response->status = 304;
        return;
    }
    if (accept != NULL && memmem(accept->text, accept->size, "gzip", 4) != NULL)
        compress_body(response);
}

static void get_page(const struct http_request *request, struct http_response *response)
{
    char name[32] = "index";

    if (request->parameters[0].size > 0 && request->parameters[0].size < sizeof name)
        strlcpy(name, request->parameters[0].text, request->parameters[0].size + 1);
    if (!render_page(name, &response->body)) {
        response->status = 404;
        buffer_text(&response->body, "no such page\n");
        return;
    }
    http_set_header(response, "Content-Type", "text/html");
    finish(request, response);
}

static void get_style(const struct http_request *request, struct http_response *response)
{
    char *text = read_text("/site/style.css");

    buffer_text(&response->body, text);
    free(text);
    http_set_header(response, "Content-Type", http_type_of("style.css"));
    finish(request, response);
}

/* The session travels in the cookie: nonce, sealed user name, tag. */
static void post_login(const struct http_request *request, struct http_response *response)
{
    uint8_t sealed[12 + 32 + 16];
    char user[32] = "", cookie[96];
    int64_t size = http_query(&request->body, "user", user, sizeof user);

    if (size <= 0) {
        response->status = 400;
        return;
    }
    random_bytes(sealed, 12);
    memcpy(sealed + 12, user, (size_t)size);
    chacha_seal(session_key, sealed, "session", 7, sealed + 12, (size_t)size, sealed + 12 + size);
    base64_encode(sealed, 12 + (size_t)size + 16, cookie, sizeof cookie, true);
    http_set_cookie(response, "session", cookie, 600);
    response->status = 303;
    http_set_header(response, "Location", "/me");
}

static void get_me(const struct http_request *request, struct http_response *response)
{
    uint8_t sealed[80];
    char cookie[96];
    int64_t size = http_cookie(request, "session", cookie, sizeof cookie);

    size = size < 0 ? -1 : base64_decode(cookie, (size_t)size, sealed, sizeof sealed);
    if (size < 28 || !chacha_open(session_key, sealed, "session", 7, sealed + 12, (size_t)size - 28, sealed + size - 16)) {
        response->status = 401;
        buffer_text(&response->body, "who are you?\n");
        return;
    }
    buffer_printf(&response->body, "you are %.*s", (int)size - 28, (char *)sealed + 12);
}

static const struct http_route routes[] = {
    {HTTP_GET, "/", get_page}, {HTTP_GET, "/style.css", get_style}, {HTTP_POST, "/login", post_login},
    {HTTP_GET, "/me", get_me}, {HTTP_GET, "/:page", get_page},
};

struct connection {
    const char *path;
    char request[512];
    struct buffer answer;
    int status;
};

static void serve(void *argument)
{
    struct connection *c = argument;
    struct http_request request;
    struct http_response response = {0};

    if (http_parse_request(c->request, strlen(c->request), &request) > 0)
        http_route(routes, sizeof routes / sizeof routes[0], &request, &response);
    thread_yield();
    http_write_response(&response, &request, &c->answer);
    c->status = response.status;
    http_free_response(&response);
}

static void request(struct connection *c, const char *line, const char *headers)
{
    snprintf(c->request, sizeof c->request, "%s HTTP/1.1\r\nHost: site\r\n%s\r\n", line, headers);
}

/* Undoes the compression of an answer and compares it with the plain one. */
static bool same_body(const struct connection *zipped, const struct connection *plain)
{
    const char *a = strstr(zipped->answer.data, "\r\n\r\n") + 4, *b = strstr(plain->answer.data, "\r\n\r\n") + 4;
    char *text = calloc(1, BODY_ROOM);
    size_t size = zipped->answer.size - (size_t)(a - zipped->answer.data);
    bool same = compress_inflate(COMPRESS_GZIP, a, size, text, BODY_ROOM - 1) > 0 && strcmp(text, b) == 0;

    free(text);
    return same;
}

static void show_pages(void)
{
    static struct connection c[CONNECTIONS];
    struct thread *threads[CONNECTIONS];
    char match[48];

    request(&c[0], "GET /", "");
    request(&c[1], "GET /about", "");
    request(&c[2], "GET /about", "Accept-Encoding: br, gzip\r\n");
    request(&c[3], "GET /about", "Accept-Encoding: gzip\r\n");
    request(&c[4], "GET /missing", "");
    snprintf(match, sizeof match, "If-None-Match: \"%016lx\"\r\n", xxhash64(0, style, strlen(style)));
    request(&c[5], "GET /style.css", match);
    for (unsigned i = 0; i < CONNECTIONS; i++)
        threads[i] = thread_start("connection", serve, &c[i]);
    for (unsigned i = 0; i < CONNECTIONS; i++)
        thread_join(threads[i]);
    for (const char *at = c[0].answer.data; *at != '\0'; at++)
        if (*at != '\r')
            console_put(*at);
    console_puts("");
    console_puts(strstr(c[1].answer.data, "<html>"));
    check_number("home", c[0].status, 200);
    check_number("missing", c[4].status, 404);
    check_number("unchanged style", c[5].status, 304);
    check(same_body(&c[2], &c[1]), "the compressed page is the same");
    check_number("found in the cache", cache_hits, 1);
    for (unsigned i = 0; i < CONNECTIONS; i++)
        buffer_free(&c[i].answer);
}

static void show_sessions(void)
{
    static struct connection c[3];
    char cookie[160] = "Cookie: ", *start;

    request(&c[0], "POST /login", "Content-Length: 15\r\n");
    strlcat(c[0].request, "user=Ada%20L%2e", sizeof c[0].request);
    serve(&c[0]);
    check_number("login", c[0].status, 303);
    start = strstr(c[0].answer.data, "session=");
    strlcat(cookie, start, 8 + strcspn(start, ";") + 1);
    strlcat(cookie, "\r\n", sizeof cookie);
    request(&c[1], "GET /me", cookie);
    serve(&c[1]);
    check_text("with the cookie", strstr(c[1].answer.data, "you"), "you are Ada L.");
    cookie[30] ^= 1;
    request(&c[2], "GET /me", cookie);
    serve(&c[2]);
    check_number("with a forged one", c[2].status, 401);
    for (unsigned i = 0; i < 3; i++)
        buffer_free(&c[i].answer);
}

static int site_main(void)
{
    uint8_t secret[32];

    random_bytes(secret, sizeof secret);
    hkdf(HASH_SHA256, "site", 4, secret, sizeof secret, "sessions", 8, session_key, sizeof session_key);
    make_site();
    show_pages();
    show_sessions();
    check(alloc_check(), "the heap is in order");
    return failures;
}

APP_DESCRIPTOR("site", site_main, NULL);
