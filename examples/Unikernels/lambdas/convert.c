/* Converts a quantity: FROM times NUMERATOR / DENOMINATOR plus OFFSET thousandths is TO. */
#include "lambda.h"
#include "nolibc.h"

static int64_t thousandths(const struct json *value)
{
    int64_t result = value->mantissa;

    for (int32_t e = value->exponent + 3; e != 0; e += e < 0 ? 1 : -1)
        result = e < 0 ? result / 10 : result * 10;
    return result;
}

static int64_t round_divide(int64_t a, int64_t b)
{
    return (a + (a < 0 ? -b : b) / 2) / b;
}

static int convert(const struct lambda_request *request, struct lambda_response *response)
{
    const struct json *value = json_get(request->event, FROM);
    struct json *result;

    if (value == NULL || value->kind != JSON_NUMBER)
        return lambda_problem(request, response, 422, "needs a number of " FROM);
    if (value->exponent > 6 || value->exponent < -9)
        return lambda_problem(request, response, 422, "the number is out of range");
    result = json_integer(request->arena,
                          round_divide(thousandths(value) * NUMERATOR, DENOMINATOR) + OFFSET);
    result->exponent = -3;
    response->body = lambda_object(request);
    json_set(request->arena, response->body, TO, result);
    return OK;
}

static const struct lambda_event events[] = {
    {"{\"" FROM "\": 0}", 200},
    {"{\"" FROM "\": 100}", 200},
    {"{\"" FROM "\": -12.5}", 200},
    {"{\"" FROM "\": 1e12}", 422},
    {"{\"furlongs\": 1}", 422},
};

LAMBDA(NAME, convert, events);
