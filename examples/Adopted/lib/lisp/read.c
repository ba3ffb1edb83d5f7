#include "lisp_internal.h"
#include "libc.h"

static void skip(const char **at)
{
    for (;; ++*at) {
        if (**at == ';')
            while (**at != '\n' && **at != '\0')
                ++*at;
        if (!isspace(**at))
            return;
    }
}

static cell *read_list(const char **at)
{
    cell *first = lisp_nil, *last = NULL;
    size_t depth = lisp_depth();

    for (;;) {
        cell *item;
        skip(at);
        if (**at == '\0')
            return lisp_fail("a bracket is missing", NULL);
        if (**at == ')') {
            ++*at;
            lisp_unwind(depth);
            return first;
        }
        if ((item = lisp_read(at)) == NULL)
            return NULL;
        item = lisp_pair(item, lisp_nil);
        if (last == NULL)
            lisp_push(first = item);
        else
            last->tail = item;
        last = item;
    }
}

cell *lisp_read(const char **at)
{
    const char *start;
    char *end;
    double number;

    skip(at);
    start = *at;
    if (*start == '(') {
        ++*at;
        return read_list(at);
    }
    if (*start == '\'') {
        cell *quoted;
        ++*at;
        if ((quoted = lisp_read(at)) == NULL)
            return NULL;
        quoted = lisp_pair(quoted, lisp_nil);
        lisp_push(quoted);
        quoted = lisp_pair(lisp_symbol("quote", 5), quoted);
        lisp_pop(1);
        return quoted;
    }
    if (*start == '"') {
        size_t n = strcspn(start + 1, "\"");
        *at = start + n + 2;
        return lisp_text(start + 1, n);
    }
    if (*start == ')' || *start == '\0')
        return lisp_fail("unexpected end of a list", NULL);
    *at += strcspn(start, " \t\n();\"'");
    if (strncmp(start, "#t", 2) == 0 || strncmp(start, "#f", 2) == 0)
        return start[1] == 't' ? lisp_true : lisp_false;
    number = strtod(start, &end);
    return end == *at ? lisp_number(number) : lisp_symbol(start, (size_t)(*at - start));
}
