/* The runtime: events in, answers out. */
#include "lambda.h"

static const char *const events[] = {
    "{\"user\": \"ada\", \"text\": \"The quick brown fox jumps over the lazy dog\", \"numbers\": [3, 1, 4, 1, 5, 9, 2, 6]}",
    "{\"user\": \"grace\", \"text\": \"order 66, box 7, 12 pieces at 19.99 each\", \"numbers\": [10, 20, 30]}",
    "{\"user\": \"\", \"text\": \"\", \"numbers\": []}",
};

static int call(const char *name, lambda_handler handler, const char *text)
{
    json_error_t error;
    json_t *event = json_loads(text, 0, &error), *answer = json_object();
    int status = event == NULL ? 400 : handler(event, answer) == 0 ? 200 : 500;
    char *printed;

    json_object_set_new(answer, "function", json_string(name));
    json_object_set_new(answer, "status", json_integer(status));
    printed = json_dumps(answer, JSON_SORT_KEYS | JSON_COMPACT);
    printf("%s\n", printed);
    free(printed);
    json_decref(event);
    json_decref(answer);
    return status == 200 ? 0 : 1;
}

int lambda_run(const char *name, lambda_handler handler)
{
    int bad = 0;

    /* As on a server: the same answer each time. */
    json_object_seed(7);
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
        bad += call(name, handler, events[i]);
    printf("%s: %s\n", name, bad == 0 ? "ok" : "FAILED");
    return bad == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
