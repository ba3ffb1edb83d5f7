#include "lisp_internal.h"
#include "libc.h"
#include "math.h"

static cell *boolean(bool value) { return value ? lisp_true : lisp_false; }

static bool take_number(cell **list, double *value)
{
    if ((*list)->kind != PAIR || (*list)->head->kind != NUMBER) {
        lisp_fail("not a number", (*list)->kind == PAIR ? (*list)->head : *list);
        return false;
    }
    *value = (*list)->head->number;
    *list = (*list)->tail;
    return true;
}

#define FOLD(name, operation)                                             \
    static cell *name(cell *list)                                         \
    {                                                                     \
        double result, x;                                                 \
        if (!take_number(&list, &result))                                 \
            return NULL;                                                  \
        while (list->kind == PAIR) {                                      \
            if (!take_number(&list, &x))                                  \
                return NULL;                                              \
            result = operation;                                           \
        }                                                                 \
        return lisp_number(result);                                       \
    }
FOLD(sum, result + x)
FOLD(difference, result - x)
FOLD(product, result * x)
FOLD(ratio, result / x)
FOLD(largest, result > x ? result : x)
FOLD(smallest, result < x ? result : x)

#define COMPARE(name, operation)                                          \
    static cell *name(cell *list)                                         \
    {                                                                     \
        double a, b;                                                      \
        if (!take_number(&list, &a) || !take_number(&list, &b))           \
            return NULL;                                                  \
        return boolean(a operation b);                                    \
    }
COMPARE(less, <)
COMPARE(greater, >)
COMPARE(equal, ==)
COMPARE(at_most, <=)
COMPARE(at_least, >=)

#define UNARY(name, expression)                                           \
    static cell *name(cell *list)                                         \
    {                                                                     \
        double x;                                                         \
        return take_number(&list, &x) ? lisp_number(expression) : NULL;   \
    }
UNARY(square_root, sqrt(x))
UNARY(sine, sin(x))
UNARY(exponential, exp(x))
UNARY(logarithm, log(x))
UNARY(rounded_down, floor(x))

static cell *remainder_(cell *list)
{
    double a, b;

    return take_number(&list, &a) && take_number(&list, &b) ? lisp_number(fmod(a, b)) : NULL;
}

static cell *cons(cell *list) { return list->kind == PAIR && list->tail->kind == PAIR ? lisp_pair(list->head, list->tail->head) : lisp_fail("cons takes two", list); }
static cell *car(cell *list) { return list->kind == PAIR && list->head->kind == PAIR ? list->head->head : lisp_fail("not a pair", list); }
static cell *cdr(cell *list) { return list->kind == PAIR && list->head->kind == PAIR ? list->head->tail : lisp_fail("not a pair", list); }
static cell *list_(cell *list) { return list; }
static cell *is_null(cell *list) { return boolean(list->kind == PAIR && list->head->kind == NIL); }
static cell *is_pair(cell *list) { return boolean(list->kind == PAIR && list->head->kind == PAIR); }
static cell *not_(cell *list) { return boolean(list->kind == PAIR && list->head == lisp_false); }

static cell *same(cell *list)
{
    cell *a = list->head, *b = list->tail->head;

    if (a->kind == NUMBER && b->kind == NUMBER)
        return boolean(a->number == b->number);
    if (a->kind == TEXT && b->kind == TEXT)
        return boolean(strcmp(a->text, b->text) == 0);
    return boolean(a == b || (a->kind == NIL && b->kind == NIL));
}

static cell *apply(cell *list)
{
    return list->kind == PAIR && list->tail->kind == PAIR ? lisp_apply(list->head, list->tail->head) : lisp_fail("apply takes two", list);
}

static cell *display(cell *list)
{
    char text[512];

    for (; list->kind == PAIR; list = list->tail) {
        lisp_print(list->head, text, sizeof text);
        printf("%s", text);
    }
    printf("\n");
    return lisp_nil;
}

static cell *append_text(cell *list)
{
    char text[256] = "";

    for (; list->kind == PAIR; list = list->tail) {
        if (list->head->kind != TEXT)
            return lisp_fail("not a text", list->head);
        strlcat(text, list->head->text, sizeof text);
    }
    return lisp_text(text, strlen(text));
}

static cell *text_size(cell *list)
{
    return list->kind == PAIR && list->head->kind == TEXT ? lisp_number((double)strlen(list->head->text)) : lisp_fail("not a text", list);
}

static const struct { const char *name; builtin function; } all[] = {
    {"+", sum}, {"-", difference}, {"*", product}, {"/", ratio}, {"max", largest}, {"min", smallest}, {"<", less}, {">", greater},
    {"=", equal}, {"<=", at_most}, {">=", at_least}, {"sqrt", square_root}, {"sin", sine}, {"exp", exponential}, {"log", logarithm},
    {"floor", rounded_down}, {"remainder", remainder_}, {"cons", cons}, {"car", car}, {"cdr", cdr}, {"list", list_}, {"null?", is_null},
    {"pair?", is_pair}, {"not", not_}, {"eq?", same}, {"equal?", same}, {"apply", apply}, {"display", display},
    {"string-append", append_text}, {"string-length", text_size},
};

void lisp_add_builtins(void)
{
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        cell *c = lisp_new(BUILTIN);
        c->function = all[i].function;
        c->name = all[i].name;
        lisp_push(c);
        lisp_define(lisp_global, lisp_symbol(all[i].name, strlen(all[i].name)), c);
        lisp_pop(1);
    }
}

size_t lisp_print(cell *value, char *to, size_t room)
{
    size_t n = 0;

    switch (value->kind) {
    case NIL: return strlcpy(to, "()", room);
    case BOOLEAN: return strlcpy(to, value == lisp_true ? "#t" : "#f", room);
    case NUMBER: return (size_t)snprintf(to, room, "%.12g", value->number);
    case SYMBOL: case TEXT: return strlcpy(to, value->text, room);
    case BUILTIN: return (size_t)snprintf(to, room, "<%s>", value->name);
    case LAMBDA: return strlcpy(to, "<lambda>", room);
    default: break;
    }
    n += strlcpy(to, "(", room);
    for (; value->kind == PAIR; value = value->tail) {
        if (n + 2 >= room)
            return n;
        n += lisp_print(value->head, to + n, room - n);
        if (n + 4 >= room)
            return room - 1;
        if (value->tail->kind != NIL)
            n += strlcpy(to + n, value->tail->kind == PAIR ? " " : " . ", room - n);
    }
    if (value->kind != NIL)
        n += lisp_print(value, to + n, room - n);
    if (n + 1 < room)
        n += strlcpy(to + n, ")", room - n);
    return n;
}
