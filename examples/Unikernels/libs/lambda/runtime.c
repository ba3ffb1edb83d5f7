/* Decode the event, call the handler, encode the response: once for each event. */
#include "console.h"
#include "lambda.h"
#include "nolibc.h"

struct totals {
    unsigned calls, failures;
    size_t memory; /* the most that one call took from its arena */
};

static void answer_error(const struct lambda_request *request, struct lambda_response *response,
                         int status, const char *detail)
{
    buffer_free(&response->text);
    lambda_problem(request, response, status, detail);
}

static void call(const struct lambda_function *function, const char *text,
                 struct lambda_request *request, struct lambda_response *response)
{
    struct json_error error;
    int result;

    request->event = json_parse(request->arena, text, strlen(text), &error);
    if (request->event == NULL) {
        char detail[128];
        snprintf(detail, sizeof detail, "line %u, column %u: %s", error.line, error.column,
                 error.message);
        answer_error(request, response, 400, detail);
        return;
    }
    result = function->handler(request, response);
    if (result != OK)
        answer_error(request, response, 500, error_text(result < 0 ? -result : result));
}

static void print_response(const struct lambda_request *request,
                           const struct lambda_response *response)
{
    struct buffer body = {0};

    if (response->text.size > 0)
        buffer_add(&body, response->text.data, response->text.size);
    else if (response->body != NULL)
        json_print(response->body, &body, 0);
    console_printf("%s #%u %d %s %zu\n", request->function, request->number, response->status,
                   response->type, body.size);
    if (body.size > 0)
        console_puts(body.data);
    buffer_free(&body);
}

static void serve(const struct lambda_function *function, const struct lambda_event *event,
                  struct totals *totals)
{
    struct arena arena = {0};
    struct lambda_request request = {boot_app()->name, ++totals->calls, NULL, &arena};
    struct lambda_response response = {.status = 200, .type = "application/json"};

    call(function, event->text, &request, &response);
    print_response(&request, &response);
    if (response.status != event->status) {
        console_printf("FAIL status %d, expected %d\n", response.status, event->status);
        totals->failures++;
    }
    if (arena.used > totals->memory)
        totals->memory = arena.used;
    buffer_free(&response.text);
    arena_free(&arena);
}

int lambda_main(void)
{
    const struct lambda_function *function = boot_app()->context;
    struct totals totals = {0};
    struct alloc_statistics before, after;

    alloc_statistics(&before);
    for (unsigned i = 0; i < function->count; i++)
        serve(function, &function->events[i], &totals);
    alloc_statistics(&after);
    if (after.blocks != before.blocks || !alloc_check()) {
        console_puts("FAIL a call has left memory behind");
        totals.failures++;
    }
    console_printf("%u calls, %s of memory for the largest\n", totals.calls,
                   totals.memory < 16384 ? "less than 16 KiB" : "16 KiB or more");
    return (int)totals.failures;
}
