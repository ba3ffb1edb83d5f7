#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum kind { FREE, NIL, NUMBER, SYMBOL, TEXT, PAIR, BUILTIN, LAMBDA, BOOLEAN };
typedef struct cell cell;
typedef cell *(*builtin)(cell *arguments);
struct cell {
    uint8_t kind, marked;
    union {
        double number;
        char *text;
        struct { cell *head, *tail; };
        struct { builtin function; const char *name; };
        struct { cell *parts, *scope; }; /* of a lambda: (parameters . body) */
    };
};

extern cell *lisp_nil, *lisp_true, *lisp_false, *lisp_global;

cell *lisp_new(enum kind kind);
cell *lisp_pair(cell *head, cell *tail);
cell *lisp_number(double value);
cell *lisp_symbol(const char *name, size_t size);
cell *lisp_text(const char *text, size_t size);
void lisp_push(cell *value);  /* kept alive */
void lisp_pop(size_t count);
size_t lisp_depth(void);
void lisp_unwind(size_t depth);

cell *lisp_fail(const char *what, cell *culprit); /* returns NULL, which every caller passes on */
const char *lisp_error(void);
void lisp_clear_error(void);

cell *lisp_read(const char **at);
cell *lisp_eval(cell *expression, cell *scope);
cell *lisp_apply(cell *function, cell *arguments);
void lisp_define(cell *scope, cell *name, cell *value);
void lisp_add_builtins(void);
size_t lisp_print(cell *value, char *to, size_t room);
