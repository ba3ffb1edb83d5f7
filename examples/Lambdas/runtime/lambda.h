/* What every function is written against: one handler that turns an event into an answer. */
#ifndef LAMBDA_H
#define LAMBDA_H

#include <jansson.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Adds to the answer; 0 when all went well. */
typedef int (*lambda_handler)(const json_t *event, json_t *answer);

/* A step changes a text in place; the buffer has STEP_SIZE bytes. */
enum { STEP_SIZE = 256 };
typedef void (*lambda_step)(char *text);

/* Calls the handler once for each of the events that stand for those of a gateway, prints the answers, and ends like main. */
int lambda_run(const char *name, lambda_handler handler);

#endif
