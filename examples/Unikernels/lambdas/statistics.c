/* One figure from a list of whole numbers; FIGURE says which. */
#include "lambda.h"
#include "nolibc.h"

enum { SUM, MEAN, MEDIAN, SPREAD, DEVIATION };

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return x < y ? -1 : x > y;
}

static int64_t sum_of(const int64_t *values, size_t count)
{
    int64_t sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += values[i];
    return sum;
}

static int64_t deviation(const int64_t *values, size_t count)
{
    int64_t mean = sum_of(values, count) / (int64_t)count, squares = 0;

    for (size_t i = 0; i < count; i++)
        squares += (values[i] - mean) * (values[i] - mean);
    return (int64_t)isqrt((uint64_t)squares / count);
}

static int64_t figure(int64_t *values, size_t count)
{
    qsort(values, count, sizeof *values, by_value);
    switch (FIGURE) {
    case SUM: return sum_of(values, count);
    case MEAN: return sum_of(values, count) / (int64_t)count;
    case MEDIAN: return (values[(count - 1) / 2] + values[count / 2]) / 2;
    case SPREAD: return values[count - 1] - values[0];
    default: return deviation(values, count);
    }
}

static int statistics(const struct lambda_request *request, struct lambda_response *response)
{
    static const char *const names[] = {"sum", "mean", "median", "spread", "deviation"};
    const struct json *list = json_path(request->event, "data.values");
    int64_t *values;
    size_t count = 0;

    if (list == NULL || list->kind != JSON_ARRAY || list->size == 0)
        return lambda_problem(request, response, 422, "data.values must be a list with numbers");
    values = arena_alloc(request->arena, list->size * sizeof *values);
    for (const struct json *value = list->first; value != NULL; value = value->next)
        values[count++] = json_int(value, 0);
    response->body = lambda_object(request);
    lambda_set_int(request, response->body, "count", (int64_t)count);
    lambda_set_int(request, response->body, names[FIGURE], figure(values, count));
    return OK;
}

static const struct lambda_event events[] = {
    {"{\"data\": {\"values\": [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]}}", 200},
    {"{\"data\": {\"values\": [1000, -1000, 250, 750]}}", 200},
    {"{\"data\": {\"values\": [42]}}", 200},
    {"{\"data\": {\"values\": []}}", 422},
};

LAMBDA(NAME, statistics, events);
