/* Signed tokens: issues them with SECRET, and checks the ones it gets. */
#include "encoding.h"
#include "hash.h"
#include "lambda.h"
#include "nolibc.h"

static void sign(const char *text, char signature[48])
{
    uint8_t mac[HASH_MAX_SIZE];

    hmac(HASH_SHA256, SECRET, sizeof SECRET - 1, text, strlen(text), mac);
    base64_encode(mac, hash_size(HASH_SHA256), signature, 48, true);
}

static int issue(const struct lambda_request *request, struct lambda_response *response,
                 const struct json *claims)
{
    char part[256], token[384], signature[48];
    struct buffer text = {0};

    json_print(claims, &text, 0);
    if (base64_encode(text.data, text.size, part, sizeof part, true) < 0) {
        buffer_free(&text);
        return lambda_problem(request, response, 413, "the claims are too long");
    }
    buffer_free(&text);
    sign(part, signature);
    snprintf(token, sizeof token, "%s.%s", part, signature);
    response->body = lambda_object(request);
    lambda_set_text(request, response->body, "token", token);
    return OK;
}

static int verify(const struct lambda_request *request, struct lambda_response *response,
                  const char *token)
{
    const char *dot = strchr(token, '.');
    char part[256] = "", claims[256], signature[48];
    int64_t size;

    if (dot == NULL || (size_t)(dot - token) >= sizeof part)
        return lambda_problem(request, response, 401, "this is not a token");
    memcpy(part, token, (size_t)(dot - token));
    sign(part, signature);
    size = base64_decode(part, strlen(part), claims, sizeof claims);
    if (strcmp(signature, dot + 1) != 0 || size < 0)
        return lambda_problem(request, response, 401, "the signature is wrong");
    response->body = json_parse(request->arena, claims, (size_t)size, NULL);
    return response->body == NULL ? ERROR_SYNTAX : OK;
}

static int token(const struct lambda_request *request, struct lambda_response *response)
{
    const struct json *claims = json_get(request->event, "issue");
    const char *text = json_text(json_get(request->event, "verify"), NULL);

    if (claims != NULL)
        return issue(request, response, claims);
    if (text != NULL)
        return verify(request, response, text);
    return lambda_problem(request, response, 422, "either issue or verify is needed");
}

static const struct lambda_event events[] = {
    {"{\"issue\": {\"user\": \"ada\", \"level\": 3}}", 200},
    {"{\"verify\": \"" TOKEN "\"}", 200},
    {"{\"verify\": \"" TOKEN "x\"}", 401},
    {"{\"verify\": \"nonsense\"}", 401},
    {"{}", 422},
};

LAMBDA(NAME, token, events);
