/* tlsjson: mbedTLS, jansson and zlib. A compressed JSON document crosses a real TLS connection in memory. */
#include "service.h"

#include <jansson.h>
#include <mbedtls/ctr_drbg.h>
#include <mbedtls/entropy.h>
#include <mbedtls/ssl.h>
#include <zlib.h>

enum { PIPE_SIZE = 1 << 16 };

struct pipe {
    unsigned char bytes[PIPE_SIZE];
    size_t read, written;
};

struct peer {
    struct pipe *in, *out;
    mbedtls_ssl_config config;
    mbedtls_ssl_context ssl;
};

static mbedtls_entropy_context entropy;
static mbedtls_ctr_drbg_context drbg;
static struct pipe to_server, to_client;
static struct peer server = {.in = &to_server, .out = &to_client}, client = {.in = &to_client, .out = &to_server};

static int pipe_send(void *to, const unsigned char *bytes, size_t count)
{
    struct pipe *pipe = ((struct peer *)to)->out;

    if (pipe->written + count > PIPE_SIZE)
        return MBEDTLS_ERR_SSL_WANT_WRITE;
    memcpy(pipe->bytes + pipe->written, bytes, count);
    pipe->written += count;
    return (int)count;
}

static int pipe_receive(void *from, unsigned char *bytes, size_t room)
{
    struct pipe *pipe = ((struct peer *)from)->in;
    size_t count = pipe->written - pipe->read < room ? pipe->written - pipe->read : room;

    if (count == 0)
        return MBEDTLS_ERR_SSL_WANT_READ;
    memcpy(bytes, pipe->bytes + pipe->read, count);
    pipe->read += count;
    return (int)count;
}

static bool set_up(struct peer *peer, int role)
{
    static const unsigned char key[] = "a key that both know", name[] = "client-1";

    mbedtls_ssl_init(&peer->ssl);
    mbedtls_ssl_config_init(&peer->config);
    bool good = mbedtls_ssl_config_defaults(&peer->config, role, MBEDTLS_SSL_TRANSPORT_STREAM,
                                            MBEDTLS_SSL_PRESET_DEFAULT) == 0;
    mbedtls_ssl_conf_rng(&peer->config, mbedtls_ctr_drbg_random, &drbg);
    good &= mbedtls_ssl_conf_psk(&peer->config, key, sizeof key - 1, name, sizeof name - 1) == 0;
    good &= mbedtls_ssl_setup(&peer->ssl, &peer->config) == 0;
    mbedtls_ssl_set_bio(&peer->ssl, peer, pipe_send, pipe_receive, NULL);
    return good;
}

/* Both sides take turns until both are done or one gives up. */
static bool shake_hands(void)
{
    int here = 1, there = 1;

    for (int turn = 0; turn < 50 && (here != 0 || there != 0); turn++) {
        here = mbedtls_ssl_handshake(&client.ssl);
        there = mbedtls_ssl_handshake(&server.ssl);
        if ((here != 0 && here != MBEDTLS_ERR_SSL_WANT_READ) || (there != 0 && there != MBEDTLS_ERR_SSL_WANT_READ))
            return false;
    }
    return here == 0 && there == 0;
}

static json_t *make_document(void)
{
    json_t *rows = json_array();

    for (int i = 0; i < 200; i++)
        json_array_append_new(rows, json_pack("{s:i, s:s, s:f, s:[b, n]}", "id", i, "kind",
                                              i % 3 == 0 ? "fizz" : "plain", "half", i / 2.0, "more", i % 2));
    return json_pack("{s:s, s:o}", "title", "rows", "rows", rows);
}

/* What stands before a document: readable, if the connection were not encrypted. */
struct head {
    char kind[16];
    unsigned size, packed_size;
};

/* Sends the document compressed. */
static bool send_document(const char *text)
{
    uLong size = strlen(text), packed_size = compressBound(size);
    unsigned char *packed = malloc(packed_size);
    bool good = compress(packed, &packed_size, (const unsigned char *)text, size) == Z_OK;
    struct head head = {"json, compressed", (unsigned)size, (unsigned)packed_size};

    good &= mbedtls_ssl_write(&client.ssl, (const unsigned char *)&head, sizeof head) == sizeof head;
    good &= mbedtls_ssl_write(&client.ssl, packed, packed_size) == (int)packed_size;
    free(packed);
    return good && size > 4 * packed_size;
}

static json_t *receive_document(void)
{
    struct head head;

    if (mbedtls_ssl_read(&server.ssl, (unsigned char *)&head, sizeof head) != sizeof head)
        return NULL;
    unsigned char *packed = malloc(head.packed_size), *text = malloc(head.size);
    uLong size = head.size;
    json_t *document = NULL;
    if (mbedtls_ssl_read(&server.ssl, packed, head.packed_size) == (int)head.packed_size &&
        uncompress(text, &size, packed, head.packed_size) == Z_OK)
        document = json_loadb((const char *)text, size, 0, NULL);
    free(packed);
    free(text);
    return document;
}

static bool contains(const struct pipe *pipe, const char *text)
{
    size_t size = strlen(text);

    for (size_t i = 0; i + size <= pipe->written; i++)
        if (memcmp(pipe->bytes + i, text, size) == 0)
            return true;
    return false;
}

static void check_transfer(void)
{
    json_t *sent = make_document(), *received;
    char *text = json_dumps(sent, JSON_COMPACT | JSON_SORT_KEYS);

    check(send_document(text), "sent, a quarter of the size or less");
    check(!contains(&to_server, "json, compressed"), "nothing readable on the way");
    received = receive_document();
    check(received != NULL && json_equal(sent, received), "received and equal");
    json_t *row = json_array_get(json_object_get(received, "rows"), 9);
    char *line = json_dumps(row, JSON_SORT_KEYS);
    check_text("row 9", line, "{\"half\": 4.5, \"id\": 9, \"kind\": \"fizz\", \"more\": [true, null]}");
    free(line);
    free(text);
    json_decref(sent);
    json_decref(received);
}

int main(void)
{
    printf("tlsjson: a document over an encrypted connection\n");
    mbedtls_entropy_init(&entropy);
    mbedtls_ctr_drbg_init(&drbg);
    check(mbedtls_ctr_drbg_seed(&drbg, mbedtls_entropy_func, &entropy, NULL, 0) == 0, "random numbers");
    check(set_up(&server, MBEDTLS_SSL_IS_SERVER) && set_up(&client, MBEDTLS_SSL_IS_CLIENT), "two peers");
    if (check(shake_hands(), "hands are shaken")) {
        check_text("protocol", mbedtls_ssl_get_version(&client.ssl), "TLSv1.2");
        check_transfer();
    }
    mbedtls_ssl_free(&client.ssl), mbedtls_ssl_free(&server.ssl);
    mbedtls_ssl_config_free(&client.config), mbedtls_ssl_config_free(&server.config);
    return finish("tlsjson");
}
