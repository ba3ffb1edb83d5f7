/* A small service: requests come in, several threads answer them, orders are kept as JSON in files, cookies are sealed. */
#include "crc.h"
#include "crypto.h"
#include "flate.h"
#include "heap.h"
#include "http.h"
#include "json.h"
#include "kiln.h"
#include "libc.h"
#include "log.h"
#include "math.h"
#include "sched.h"
#include "shell.h"
#include "vfs.h"

static unsigned next_order = 1;
static const uint8_t key[32] = "a key that is only for this test";

static void index_page(const struct http_request *request, struct http_answer *answer)
{
    (void)request;
    answer->type = "text/html";
    http_printf(answer, "<h1>Orders</h1><p>%u so far</p>", next_order - 1);
}
HTTP_ROUTE(90, "GET", "/", index_page);

static void new_order(const struct http_request *request, struct http_answer *answer)
{
    struct json *order = json_parse(request->body, request->body_size);
    double total = 0;
    char path[40], text[512];

    if (order == NULL) {
        answer->status = 400;
        http_printf(answer, "%s", json_error());
        return;
    }
    for (size_t i = 0, n = json_count(json_at(order, "items")); i < n; i++) {
        char at[32];
        snprintf(at, sizeof at, "items[%zu].price", i);
        double price = json_number(json_at(order, at), 0);
        snprintf(at, sizeof at, "items[%zu].count", i);
        total += price * json_number(json_at(order, at), 1);
    }
    snprintf(path, sizeof path, "/orders/%u.json", next_order);
    json_print(order, text, sizeof text);
    if (vfs_store(path, text, strlen(text)) != 0)
        answer->status = 500;
    else
        answer->status = 201;
    http_printf(answer, "order %u of %s: %.2f", next_order++, json_text(json_at(order, "who"), "nobody"), total);
    json_free(order);
}
HTTP_ROUTE(20, "POST", "/orders", new_order);

static void one_order(const struct http_request *request, struct http_answer *answer)
{
    size_t size;
    char path[64], *text;

    snprintf(path, sizeof path, "/orders/%s.json", request->path + 8);
    if ((text = vfs_load(path, &size)) == NULL) {
        answer->status = 404;
        return;
    }
    answer->type = "application/json";
    http_printf(answer, "%s", text);
    free(text);
}
HTTP_ROUTE(10, "GET", "/orders/", one_order);

static void login(const struct http_request *request, struct http_answer *answer)
{
    uint8_t nonce[12] = {1, 2, 3}, tag[16];
    char name[32];
    const char *who = http_header(request, "X-Name");

    memset(name, 0, sizeof name); /* all of it is sealed */
    strlcpy(name, who != NULL ? who : "nobody", sizeof name);
    seal_box(key, nonce, (uint8_t *)name, sizeof name, tag);
    for (int i = 0; i < 8; i++)
        http_printf(answer, "%02x", tag[i]);
    http_printf(answer, " %s", open_box(key, nonce, (uint8_t *)name, sizeof name, tag) ? name : "?");
}
HTTP_ROUTE(30, "GET", "/login", login);

static void distance(const struct http_request *request, struct http_answer *answer)
{
    /* lat,lon,lat,lon in degrees: the way over a sphere. */
    double n[4] = {0};
    char *at = (char *)request->query;

    for (int i = 0; at != NULL && i < 4; i++) {
        n[i] = strtod(at, &at) * M_PI / 180;
        at += *at == ',';
    }
    double a = pow(sin((n[2] - n[0]) / 2), 2) + cos(n[0]) * cos(n[2]) * pow(sin((n[3] - n[1]) / 2), 2);
    http_printf(answer, "%.1f km", 2 * 6371 * atan2(sqrt(a), sqrt(1 - a)));
}
HTTP_ROUTE(30, "GET", "/distance", distance);

static const char *const requests[] = {
    "GET / HTTP/1.1\r\nHost: kiln\r\n\r\n",
    "POST /orders HTTP/1.1\r\nContent-Length: 92\r\n\r\n{\"who\":\"Anna\",\"items\":[{\"price\":2.5,\"count\":4},{\"price\":0.99,\"count\":3}],\"note\":\"\\u00fcber\"}",
    "POST /orders HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n10\r\n{\"who\":\"Ben\",\"it\r\n19\r\nems\":[{\"price\":1e2}], \"x\"\r\nb\r\n:[1,[2,{}]]\r\n1\r\n}\r\n0\r\n\r\n",
    "GET /orders/1 HTTP/1.1\r\n\r\n",
    "GET /orders/2 HTTP/1.1\r\n\r\n",
    "GET /orders/3 HTTP/1.1\r\n\r\n",
    "POST /orders HTTP/1.1\r\nContent-Length: 9\r\n\r\n{\"who\":1,",
    "POST /orders HTTP/1.1\r\nContent-Length: 14\r\n\r\n{\"who\":\"\\ud8\"}",
    "DELETE /orders HTTP/1.1\r\n\r\n",
    "GET /login HTTP/1.1\r\nX-Name: Clara\r\n\r\n",
    "GET /distance?52.52,13.405,48.8566,2.3522 HTTP/1.1\r\n\r\n",
    "GET /%6cogin HTTP/1.1\r\nx-name: D\r\n\r\n",
    "GET /%zz HTTP/1.1\r\n\r\n",
    "GET / HTTP/2.0\r\n\r\n",
    "nonsense\r\n\r\n",
};
enum { REQUESTS = sizeof requests / sizeof requests[0] };
static char answers[REQUESTS][2400];

static void serve(void *argument)
{
    struct queue *queue = argument;
    uint64_t index;

    while (queue_get(queue, &index)) {
        char *copy = strdup(requests[index]);
        http_serve(copy, strlen(copy), answers[index], sizeof answers[index]);
        free(copy);
        thread_yield();
    }
}

static void clients(void *argument)
{
    for (uint64_t i = 0; i < REQUESTS; i++)
        queue_put(argument, i);
    queue_close(argument);
}

static int pack(int count, char **words)
{
    size_t size;
    char *text = count > 1 ? vfs_load(words[1], &size) : NULL, packed[1024], again[1024];
    long n;

    if (text == NULL || (n = deflate(packed, sizeof packed, text, size)) < 0)
        return -1;
    printf("%zu bytes packed, %s, crc %08x\n", size, inflate(again, sizeof again, packed, (size_t)n) == (long)size && memcmp(again, text, size) == 0 ? "and back" : "lost", crc32(0, text, size));
    free(text);
    return 0;
}
SHELL_COMMAND(pack, "packs a file and unpacks it", pack);

int app_main(void)
{
    static struct queue queue;
    uint8_t digest[32];

    if (vfs_mount("/", "ramfs") != 0 || vfs_mount("/dev", "devfs") != 0 || vfs_mkdir("/orders") != 0)
        kiln_panic("no files");
    thread_start("clients", clients, &queue);
    thread_start("server", serve, &queue);
    if (thread_run_all() != 0)
        kiln_panic("the service is stuck");
    for (int i = 0; i < REQUESTS; i++) {
        char *body = strstr(answers[i], "\r\n\r\n");
        printf("%.*s -> %.3s %s\n", (int)strcspn(requests[i], "\r"), requests[i], answers[i] + 9, body != NULL ? body + 4 : "?");
    }
    shell_run("ls /; ls /orders; cat /orders/1.json; echo; pack /orders/1.json; cat /dev/null; help");
    sha256(answers, sizeof answers, digest);
    printf("all answers: %02x%02x%02x%02x\n", digest[0], digest[1], digest[2], digest[3]);
    log_info("%lu switches", thread_switches() > 10 ? 1ul : 0ul);
    return 0;
}
