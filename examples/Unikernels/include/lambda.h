/* lambda: the runtime for functions that turn one event into one response. */
#pragma once
#include "boot.h"
#include "json.h"

struct lambda_request {
    const char *function;     /* the name of this lambda */
    unsigned number;          /* of this call, from 1 */
    const struct json *event; /* what came in */
    struct arena *arena;      /* lives as long as the call */
};

struct lambda_response {
    int status;               /* 200 unless the handler says otherwise */
    const char *type;         /* content type of a text body */
    struct json *body;        /* or text, which then counts */
    struct buffer text;
};

typedef int (*lambda_handler)(const struct lambda_request *request,
                              struct lambda_response *response);

/* Events that come with the image stand for the ones a gateway would send. */
struct lambda_event {
    const char *text;
    int status; /* what the call must answer */
};

struct lambda_function {
    lambda_handler handler;
    const struct lambda_event *events;
    unsigned count;
};

/* The application's main function: calls the handler once for each event. */
int lambda_main(void);

#define LAMBDA(name, handler, events)                                                    \
    static const struct lambda_function the_function = {                                 \
        handler, events, sizeof events / sizeof events[0]};                              \
    APP_DESCRIPTOR(name, lambda_main, &the_function)

/* For handlers. */
struct json *lambda_object(const struct lambda_request *request);
void lambda_set_text(const struct lambda_request *request, struct json *object,
                     const char *name, const char *text);
void lambda_set_int(const struct lambda_request *request, struct json *object,
                    const char *name, int64_t value);
/* Answers with a problem document (RFC 9457) and returns 0. */
int lambda_problem(const struct lambda_request *request, struct lambda_response *response,
                   int status, const char *detail);
