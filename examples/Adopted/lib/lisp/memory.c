/* Cells, marked and swept. */
#include "lisp.h"
#include "lisp_internal.h"
#include "heap.h"
#include "kiln.h"
#include "libc.h"

enum { STACK = 4096 };
static cell *cells, *stack[STACK], *symbols;
static size_t count, next, used, collections;
cell *lisp_nil, *lisp_true, *lisp_false, *lisp_global;

static void mark(cell *c)
{
    while (c != NULL && !c->marked) {
        c->marked = 1;
        if (c->kind == PAIR) {
            mark(c->head);
            c = c->tail;
        } else if (c->kind == LAMBDA) {
            mark(c->parts);
            c = c->scope;
        }
    }
}

static void collect(void)
{
    collections++;
    mark(lisp_nil), mark(lisp_true), mark(lisp_false), mark(lisp_global), mark(symbols);
    for (size_t i = 0; i < used; i++)
        mark(stack[i]);
    for (size_t i = 0; i < count; i++) {
        if (!cells[i].marked) {
            if (cells[i].kind == TEXT || cells[i].kind == SYMBOL)
                free(cells[i].text);
            cells[i].kind = FREE;
        }
        cells[i].marked = 0;
    }
    next = 0;
}

cell *lisp_new(enum kind kind)
{
    for (int round = 0; round < 2; round++) {
        for (; next < count; next++)
            if (cells[next].kind == FREE) {
                cell *c = &cells[next++];
                memset(c, 0, sizeof *c);
                c->kind = kind;
                return c;
            }
        if (round == 0)
            collect();
    }
    kiln_panic("lisp: no cell is free");
}

void lisp_push(cell *value)
{
    if (used == STACK)
        kiln_panic("lisp: the stack is full");
    stack[used++] = value;
}

void lisp_pop(size_t n) { used -= n; }
size_t lisp_depth(void) { return used; }
void lisp_unwind(size_t depth) { used = depth; }
size_t lisp_collections(void) { return collections; }

cell *lisp_pair(cell *head, cell *tail)
{
    cell *c;

    lisp_push(head);
    lisp_push(tail);
    c = lisp_new(PAIR);
    lisp_pop(2);
    c->head = head;
    c->tail = tail;
    return c;
}

cell *lisp_number(double value)
{
    cell *c = lisp_new(NUMBER);

    c->number = value;
    return c;
}

cell *lisp_text(const char *text, size_t size)
{
    cell *c = lisp_new(TEXT);

    if ((c->text = malloc(size + 1)) == NULL)
        kiln_panic("lisp: out of memory");
    memcpy(c->text, text, size);
    c->text[size] = '\0';
    return c;
}

cell *lisp_symbol(const char *name, size_t size)
{
    cell *c;

    for (c = symbols; c->kind == PAIR; c = c->tail)
        if (strlen(c->head->text) == size && memcmp(c->head->text, name, size) == 0)
            return c->head;
    c = lisp_text(name, size);
    c->kind = SYMBOL;
    lisp_push(c);
    symbols = lisp_pair(c, symbols);
    lisp_pop(1);
    return c;
}

int lisp_start(size_t wanted)
{
    count = wanted;
    if ((cells = calloc(count, sizeof *cells)) == NULL)
        return -1;
    lisp_nil = lisp_new(NIL);
    symbols = lisp_nil;
    lisp_true = lisp_new(BOOLEAN);
    lisp_false = lisp_new(BOOLEAN);
    lisp_global = lisp_pair(lisp_nil, lisp_nil);
    lisp_add_builtins();
    return 0;
}
