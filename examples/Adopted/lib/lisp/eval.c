#include "lisp.h"
#include "lisp_internal.h"
#include "libc.h"

static _Thread_local char error[100];

const char *lisp_error(void) { return error; }
void lisp_clear_error(void) { error[0] = '\0'; }

cell *lisp_fail(const char *what, cell *culprit)
{
    char text[60] = "";

    if (error[0] != '\0')
        return NULL;
    if (culprit != NULL)
        lisp_print(culprit, text, sizeof text);
    snprintf(error, sizeof error, "%s%s%s", what, culprit != NULL ? ": " : "", text);
    return NULL;
}

/* A scope is (names and values . outer scope); the names and values are a list of pairs. */
static cell *find(cell *scope, cell *name)
{
    for (; scope->kind == PAIR; scope = scope->tail)
        for (cell *entry = scope->head; entry->kind == PAIR; entry = entry->tail)
            if (entry->head->head == name)
                return entry->head;
    return NULL;
}

void lisp_define(cell *scope, cell *name, cell *value)
{
    cell *entry;

    lisp_push(name);
    lisp_push(value);
    entry = lisp_pair(name, value);
    lisp_push(entry);
    scope->head = lisp_pair(entry, scope->head);
    lisp_pop(3);
}

static bool is(cell *symbol, const char *name)
{
    return symbol->kind == SYMBOL && strcmp(symbol->text, name) == 0;
}

static cell *argument(cell *list, int index)
{
    for (; list->kind == PAIR && index > 0; index--)
        list = list->tail;
    return list->kind == PAIR ? list->head : lisp_nil;
}

static cell *evaluate_all(cell *list, cell *scope)
{
    cell *first = lisp_nil, *last = NULL;
    size_t depth = lisp_depth();

    for (; list->kind == PAIR; list = list->tail) {
        cell *value = lisp_eval(list->head, scope);
        if (value == NULL)
            return NULL;
        value = lisp_pair(value, lisp_nil);
        if (last == NULL)
            lisp_push(first = value);
        else
            last->tail = value;
        last = value;
    }
    lisp_unwind(depth);
    return first;
}

static cell *bind(cell *function, cell *arguments)
{
    cell *scope, *names = function->parts->head;

    lisp_push(function);
    lisp_push(arguments);
    scope = lisp_pair(lisp_nil, function->scope);
    lisp_push(scope);
    for (; names->kind == PAIR; names = names->tail, arguments = arguments->tail) {
        if (arguments->kind != PAIR) {
            lisp_pop(3);
            return lisp_fail("too few arguments for", function->parts->head);
        }
        lisp_define(scope, names->head, arguments->head);
    }
    lisp_pop(3);
    return arguments->kind == PAIR ? lisp_fail("too many arguments for", function->parts->head) : scope;
}

cell *lisp_apply(cell *function, cell *arguments)
{
    cell *scope, *result = lisp_nil;

    if (function->kind == BUILTIN)
        return function->function(arguments);
    if (function->kind != LAMBDA)
        return lisp_fail("not a function", function);
    if ((scope = bind(function, arguments)) == NULL)
        return NULL;
    lisp_push(function);
    lisp_push(scope);
    for (cell *body = function->parts->tail; body->kind == PAIR && result != NULL; body = body->tail)
        result = lisp_eval(body->head, scope);
    lisp_pop(2);
    return result;
}

static cell *define(cell *list, cell *scope)
{
    cell *name = argument(list, 1), *value;

    if (name->kind == PAIR) { /* (define (name parameters...) body...) */
        value = lisp_new(LAMBDA);
        value->parts = lisp_nil;
        value->scope = scope;
        lisp_push(value);
        value->parts = lisp_pair(name->tail, list->tail->tail);
        lisp_pop(1);
        name = name->head;
    } else if ((value = lisp_eval(argument(list, 2), scope)) == NULL) {
        return NULL;
    }
    lisp_define(scope, name, value);
    return name;
}

static cell *let(cell *list, cell *scope)
{
    cell *inner = lisp_pair(lisp_nil, scope), *result = lisp_nil;

    lisp_push(inner);
    for (cell *b = argument(list, 1); b->kind == PAIR; b = b->tail) {
        cell *value = lisp_eval(argument(b->head, 1), scope);
        if (value == NULL)
            return NULL;
        lisp_define(inner, argument(b->head, 0), value);
    }
    for (cell *body = list->tail->tail; body->kind == PAIR && result != NULL; body = body->tail)
        result = lisp_eval(body->head, inner);
    return result;
}

static cell *form(cell *list, cell *scope, bool *known)
{
    cell *value = lisp_nil, *head = list->head;

    *known = true;
    if (is(head, "quote"))
        return argument(list, 1);
    if (is(head, "if")) {
        if ((value = lisp_eval(argument(list, 1), scope)) == NULL)
            return NULL;
        return lisp_eval(argument(list, value != lisp_false ? 2 : 3), scope);
    }
    if (is(head, "define"))
        return define(list, scope);
    if (is(head, "let"))
        return let(list, scope);
    if (is(head, "set!")) {
        cell *entry = find(scope, argument(list, 1));
        if (entry == NULL)
            return lisp_fail("unknown", argument(list, 1));
        if ((value = lisp_eval(argument(list, 2), scope)) != NULL)
            entry->tail = value;
        return value;
    }
    if (is(head, "lambda")) {
        value = lisp_new(LAMBDA);
        value->parts = list->tail;
        value->scope = scope;
        return value;
    }
    if (is(head, "cond")) {
        for (cell *c = list->tail; c->kind == PAIR; c = c->tail) {
            if (!is(c->head->head, "else") && (value = lisp_eval(c->head->head, scope)) == NULL)
                return NULL;
            if (is(c->head->head, "else") || value != lisp_false)
                return lisp_eval(argument(c->head, 1), scope);
        }
        return lisp_nil;
    }
    if (is(head, "and") || is(head, "or")) {
        bool all = is(head, "and");
        value = all ? lisp_true : lisp_false;
        for (cell *c = list->tail; c->kind == PAIR && value != NULL && (value != lisp_false) == all; c = c->tail)
            value = lisp_eval(c->head, scope);
        return value;
    }
    *known = false;
    return NULL;
}

cell *lisp_eval(cell *expression, cell *scope)
{
    cell *function, *arguments, *result;
    size_t depth = lisp_depth();
    bool known;

    if (expression->kind == SYMBOL) {
        cell *entry = find(scope, expression);
        return entry != NULL ? entry->tail : lisp_fail("unknown", expression);
    }
    if (expression->kind != PAIR)
        return expression;
    lisp_push(expression);
    lisp_push(scope);
    result = form(expression, scope, &known);
    if (!known && (function = lisp_eval(expression->head, scope)) != NULL) {
        lisp_push(function);
        if ((arguments = evaluate_all(expression->tail, scope)) != NULL) {
            lisp_push(arguments);
            result = lisp_apply(function, arguments);
        }
    }
    lisp_unwind(depth);
    return result;
}

int lisp_run(const char *source, char *result, size_t room)
{
    cell *value = lisp_nil;
    size_t depth = lisp_depth();

    lisp_clear_error();
    while (source += strspn(source, " \t\n"), *source != '\0' && value != NULL) {
        if ((value = lisp_read(&source)) != NULL) {
            lisp_push(value);
            value = lisp_eval(value, lisp_global);
        }
        lisp_unwind(depth);
    }
    if (value == NULL) {
        strlcpy(result, lisp_error(), room);
        return -1;
    }
    lisp_print(value, result, room);
    return 0;
}
