/* All threads of the program run in step over the text; the first in order wins. */
#include "alloc.h"
#include "nolibc.h"
#include "regex_internal.h"

enum { SLOTS = 2 * REGEX_GROUPS };

struct thread {
    unsigned at;
    int saved[SLOTS];
};

struct list {
    struct thread *threads;
    unsigned count;
};

struct machine {
    const struct regex *regex;
    const char *text;
    int size;
    uint32_t *seen; /* step at which an instruction was last added */
    uint32_t step;
};

static bool word_at(const struct machine *m, int at)
{
    return at >= 0 && at < m->size &&
           (isalnum((unsigned char)m->text[at]) || m->text[at] == '_');
}

static bool line_edge(const struct machine *m, int at, bool start)
{
    int neighbour = start ? at - 1 : at;

    if (at == (start ? 0 : m->size))
        return true;
    return m->regex->flags & REGEX_MULTILINE && m->text[neighbour] == '\n';
}

static bool assertion(const struct machine *m, unsigned operation, int at)
{
    switch (operation) {
    case LINE_START: return line_edge(m, at, true);
    case LINE_END: return line_edge(m, at, false);
    case WORD_EDGE: return word_at(m, at - 1) != word_at(m, at);
    default: return word_at(m, at - 1) == word_at(m, at);
    }
}

/* Follows everything that takes no character, in the order of preference. */
static void add(struct machine *m, struct list *list, unsigned pc, int at, int *saved)
{
    for (;;) {
        const struct instruction *i = &m->regex->program[pc];
        if (m->seen[pc] == m->step)
            return;
        m->seen[pc] = m->step;
        switch (i->operation) {
        case JUMP:
            pc = i->x;
            continue;
        case SPLIT:
            add(m, list, i->x, at, saved);
            pc = i->y;
            continue;
        case SAVE: {
            int before = saved[i->x];
            saved[i->x] = at;
            add(m, list, pc + 1, at, saved);
            saved[i->x] = before;
            return;
        }
        case LINE_START: case LINE_END: case WORD_EDGE: case NOT_WORD_EDGE:
            if (!assertion(m, i->operation, at))
                return;
            pc++;
            continue;
        default:
            list->threads[list->count].at = pc;
            memcpy(list->threads[list->count++].saved, saved, SLOTS * sizeof *saved);
            return;
        }
    }
}

static bool accepts(const struct regex *regex, const struct instruction *i, unsigned char c)
{
    switch (i->operation) {
    case CHARACTER: return i->character == c;
    case ANY: return c != '\n';
    case SET: return regex->sets[i->x].bits[c / 64] >> c % 64 & 1;
    default: return false;
    }
}

static bool run(struct machine *m, struct list *now, struct list *next, int from, int *best)
{
    bool found = false;

    for (int at = from;; at++) {
        struct list *swap;
        if (!found) { /* the search is not anchored: a new thread for each start */
            int saved[SLOTS];
            memset(saved, 0xff, sizeof saved);
            saved[0] = at;
            add(m, now, 0, at, saved);
        }
        if (now->count == 0 && found)
            return true;
        m->step++;
        next->count = 0;
        for (unsigned t = 0; t < now->count; t++) {
            struct thread *thread = &now->threads[t];
            const struct instruction *i = &m->regex->program[thread->at];
            if (i->operation == MATCH) {
                memcpy(best, thread->saved, SLOTS * sizeof *best);
                best[1] = at;
                found = true;
                break; /* threads after this one are less preferred */
            }
            if (at < m->size && accepts(m->regex, i, (unsigned char)m->text[at]))
                add(m, next, thread->at + 1, at + 1, thread->saved);
        }
        if (at >= m->size)
            return found;
        swap = now;
        now = next;
        next = swap;
    }
}

bool regex_search(const struct regex *regex, const char *text, size_t size, size_t from,
                  struct regex_match *match)
{
    struct machine m = {regex, text, (int)size, NULL, 1};
    struct list a = {0}, b = {0};
    int best[SLOTS];
    bool found;

    m.seen = calloc(regex->length, sizeof *m.seen);
    a.threads = malloc(regex->length * sizeof *a.threads);
    b.threads = malloc(regex->length * sizeof *b.threads);
    found = run(&m, &a, &b, (int)from, best);
    for (unsigned i = 0; found && match != NULL && i < REGEX_GROUPS; i++) {
        match->start[i] = best[2 * i];
        match->end[i] = best[2 * i + 1];
    }
    free(m.seen);
    free(a.threads);
    free(b.threads);
    return found;
}

bool regex_full_match(const struct regex *regex, const char *text)
{
    struct regex_match match;
    size_t size = strlen(text);

    return regex_search(regex, text, size, 0, &match) && match.start[0] == 0 &&
           match.end[0] == (int)size;
}

size_t regex_count(const struct regex *regex, const char *text)
{
    size_t size = strlen(text), from = 0, count = 0;
    struct regex_match match;

    while (from <= size && regex_search(regex, text, size, from, &match)) {
        count++;
        from = (size_t)match.end[0] + (match.end[0] == match.start[0]);
    }
    return count;
}

static void add_replacement(struct buffer *out, const char *text, const char *replacement,
                            const struct regex_match *match)
{
    for (; *replacement != '\0'; replacement++) {
        if (*replacement == '$' && isdigit((unsigned char)replacement[1])) {
            int group = *++replacement - '0';
            if (match->end[group] >= 0)
                buffer_add(out, text + match->start[group],
                           (size_t)(match->end[group] - match->start[group]));
        } else {
            buffer_char(out, *replacement);
        }
    }
}

long regex_replace(const struct regex *regex, const char *text, const char *replacement,
                   char *to, size_t room)
{
    size_t size = strlen(text), from = 0;
    struct buffer out = {0};
    struct regex_match match;
    long result;

    while (from <= size && regex_search(regex, text, size, from, &match)) {
        buffer_add(&out, text + from, (size_t)match.start[0] - from);
        add_replacement(&out, text, replacement, &match);
        from = (size_t)match.end[0];
        if (match.end[0] == match.start[0]) {
            if (from < size)
                buffer_char(&out, text[from]);
            from++;
        }
    }
    if (from < size)
        buffer_text(&out, text + from);
    result = out.size < room ? (long)out.size : -ERROR_TOO_LARGE;
    if (room > 0)
        strlcpy(to, out.data == NULL ? "" : out.data, room);
    buffer_free(&out);
    return result;
}
