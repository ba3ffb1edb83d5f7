/* Digests of texts, with the hash that KIND names. */
#include "hash.h"
#include "lambda.h"
#include "nolibc.h"

static int digest(const struct lambda_request *request, struct lambda_response *response)
{
    const struct json *texts = json_get(request->event, "texts");
    uint8_t bytes[HASH_MAX_SIZE];
    char hex[2 * HASH_MAX_SIZE + 1];
    struct json *list;

    if (texts == NULL || texts->kind != JSON_ARRAY)
        return lambda_problem(request, response, 422, "a list of texts is needed");
    response->body = lambda_object(request);
    lambda_set_text(request, response->body, "algorithm", hash_name(KIND));
    list = json_set(request->arena, response->body, "digests", json_new(request->arena, JSON_ARRAY));
    for (const struct json *text = texts->first; text != NULL; text = text->next) {
        hash_data(KIND, text->text, text->kind == JSON_STRING ? text->size : 0, bytes);
        hash_hex(bytes, hash_size(KIND), hex);
        json_append(list, json_string(request->arena, hex));
    }
    return OK;
}

static const struct lambda_event events[] = {
    {"{\"texts\": [\"\", \"abc\", \"The quick brown fox jumps over the lazy dog\"]}", 200},
    {"{\"texts\": [\"\\u00e9\\ud83d\\ude00\"]}", 200},
    {"{\"texts\": \"abc\"}", 422},
};

LAMBDA(NAME, digest, events);
