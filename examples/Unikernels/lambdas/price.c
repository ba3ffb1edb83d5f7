/* Gross prices in cents at a tax of RATE per mille, with a discount from QUANTITY on. */
#include "lambda.h"
#include "nolibc.h"

static int64_t per_mille(int64_t amount, int64_t rate)
{
    return (amount * rate + 500) / 1000;
}

static int price(const struct lambda_request *request, struct lambda_response *response)
{
    const struct json *lines = json_get(request->event, "lines");
    int64_t net = 0, discount = 0;

    for (const struct json *line = lines ? lines->first : NULL; line != NULL; line = line->next) {
        int64_t count = json_int(json_get(line, "count"), 1), cents = json_int(json_get(line, "cents"), -1);
        if (cents < 0 || count < 1)
            return lambda_problem(request, response, 422, "each line needs cents and a count");
        net += cents * count;
        if (count >= QUANTITY)
            discount += per_mille(cents * count, 30);
    }
    response->body = lambda_object(request);
    lambda_set_int(request, response->body, "net", net);
    lambda_set_int(request, response->body, "discount", discount);
    lambda_set_int(request, response->body, "tax", per_mille(net - discount, RATE));
    lambda_set_int(request, response->body, "gross", net - discount + per_mille(net - discount, RATE));
    return OK;
}

static const struct lambda_event events[] = {
    {"{\"lines\": [{\"cents\": 999, \"count\": 3}, {\"cents\": 250}]}", 200},
    {"{\"lines\": [{\"cents\": 1, \"count\": 1000}]}", 200},
    {"{\"lines\": []}", 200},
    {"{\"lines\": [{\"count\": 3}]}", 422},
};

LAMBDA(NAME, price, events);
