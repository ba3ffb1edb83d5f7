/* Patterns to programs: recursive descent, code that moves when an operator follows. */
#include "alloc.h"
#include "nolibc.h"
#include "regex_internal.h"

struct compiler {
    struct regex *regex;
    const char *at, *error;
    unsigned depth;
};

static void fail(struct compiler *c, const char *error)
{
    if (c->error == NULL)
        c->error = error;
}

static unsigned emit(struct compiler *c, enum operation operation, unsigned x, unsigned y)
{
    struct regex *r = c->regex;

    if (r->length == MAX_PROGRAM) {
        fail(c, "the pattern is too large");
        return 0;
    }
    r->program[r->length] = (struct instruction){(uint8_t)operation, 0, (uint16_t)x, (uint16_t)y};
    return r->length++;
}

static bool is_target(const struct instruction *i)
{
    return i->operation == SPLIT || i->operation == JUMP;
}

/* Makes room for one instruction before start; targets behind it move along. */
static void insert(struct compiler *c, unsigned start, enum operation operation, unsigned x,
                   unsigned y)
{
    struct instruction *program = c->regex->program;

    emit(c, operation, 0, 0);
    if (c->error != NULL)
        return;
    memmove(&program[start + 1], &program[start], (c->regex->length - 1 - start) * sizeof *program);
    for (unsigned i = start + 1; i < c->regex->length; i++)
        if (is_target(&program[i])) {
            program[i].x += program[i].x >= start;
            program[i].y += program[i].operation == SPLIT && program[i].y >= start;
        }
    program[start] = (struct instruction){(uint8_t)operation, 0, (uint16_t)x, (uint16_t)y};
}

static unsigned copy(struct compiler *c, unsigned start, unsigned end)
{
    unsigned first = c->regex->length;

    for (unsigned i = start; i < end; i++) {
        struct instruction *from = &c->regex->program[i];
        unsigned to = emit(c, from->operation, from->x, from->y);
        c->regex->program[to].character = from->character;
        if (is_target(from)) {
            c->regex->program[to].x = (uint16_t)(from->x + first - start);
            c->regex->program[to].y = (uint16_t)(from->y + first - start);
        }
    }
    return first;
}

static uint8_t escaped(char letter)
{
    switch (letter) {
    case 'n': return '\n';
    case 't': return '\t';
    case 'r': return '\r';
    case 'f': return '\f';
    case 'v': return '\v';
    default: return (uint8_t)letter;
    }
}

static void emit_set(struct compiler *c, const struct set *set)
{
    if (c->regex->set_count == MAX_SETS) {
        fail(c, "too many sets");
        return;
    }
    c->regex->sets[c->regex->set_count] = *set;
    emit(c, SET, c->regex->set_count++, 0);
}

static void parse_set(struct compiler *c)
{
    struct set set = {{0}};
    bool negate = *c->at == '^';

    c->at += negate;
    for (bool first = true; *c->at != ']' || first; first = false) {
        uint8_t low = (uint8_t)*c->at, high;
        if (*c->at == '\0') {
            fail(c, "the set does not end");
            return;
        }
        c->at++;
        if (low == '\\') {
            if (set_add_class(*c->at, &set)) {
                c->at++;
                continue;
            }
            if (*c->at == '\0')
                continue; /* reported at the top of the loop */
            low = escaped(*c->at++);
        }
        high = low;
        if (c->at[0] == '-' && c->at[1] != ']' && c->at[1] != '\0') {
            high = (uint8_t)c->at[1];
            c->at += 2;
        }
        if (high < low)
            fail(c, "a range goes backwards");
        set_add(&set, low, high);
    }
    c->at++;
    if (c->regex->flags & REGEX_IGNORE_CASE)
        set_fold_case(&set);
    if (negate)
        set_invert(&set);
    emit_set(c, &set);
}

static void emit_character(struct compiler *c, uint8_t character)
{
    struct set set = {{0}};

    if (c->regex->flags & REGEX_IGNORE_CASE && isalpha(character)) {
        set_add(&set, character, character);
        set_fold_case(&set);
        emit_set(c, &set);
        return;
    }
    c->regex->program[emit(c, CHARACTER, 0, 0)].character = character;
}

static void parse_choice(struct compiler *c);

static void parse_group(struct compiler *c)
{
    unsigned group = 0;

    if (c->at[0] == '?' && c->at[1] == ':')
        c->at += 2;
    else if (c->regex->groups < REGEX_GROUPS)
        group = c->regex->groups++;
    else
        fail(c, "too many groups");
    if (group > 0)
        emit(c, SAVE, 2 * group, 0);
    if (++c->depth > 50)
        fail(c, "nested too deeply");
    else
        parse_choice(c);
    c->depth--;
    if (group > 0)
        emit(c, SAVE, 2 * group + 1, 0);
    if (*c->at == ')')
        c->at++;
    else
        fail(c, "a group does not end");
}

static void parse_atom(struct compiler *c)
{
    char first = *c->at++;
    struct set set = {{0}};

    switch (first) {
    case '(': parse_group(c); return;
    case '[': parse_set(c); return;
    case '.': emit(c, ANY, 0, 0); return;
    case '^': emit(c, LINE_START, 0, 0); return;
    case '$': emit(c, LINE_END, 0, 0); return;
    case '*': case '+': case '?': fail(c, "there is nothing to repeat"); return;
    case '\\': break;
    default: emit_character(c, (uint8_t)first); return;
    }
    if (*c->at == '\0') {
        fail(c, "the pattern ends in a backslash");
        return;
    }
    first = *c->at++;
    if (first == 'b' || first == 'B')
        emit(c, first == 'b' ? WORD_EDGE : NOT_WORD_EDGE, 0, 0);
    else if (set_add_class(first, &set))
        emit_set(c, &set);
    else
        emit_character(c, escaped(first));
}

static void emit_split(struct compiler *c, unsigned at, unsigned inner, unsigned outer, bool lazy)
{
    c->regex->program[at].operation = SPLIT;
    c->regex->program[at].x = (uint16_t)(lazy ? outer : inner);
    c->regex->program[at].y = (uint16_t)(lazy ? inner : outer);
}

static void star(struct compiler *c, unsigned start, bool lazy)
{
    insert(c, start, SPLIT, 0, 0);
    emit(c, JUMP, start, 0);
    emit_split(c, start, start + 1, c->regex->length, lazy);
}

static void optional(struct compiler *c, unsigned start, bool lazy)
{
    insert(c, start, SPLIT, 0, 0);
    emit_split(c, start, start + 1, c->regex->length, lazy);
}

/* {m,n}: copies of the code, the later ones optional. */
static void repeat(struct compiler *c, unsigned start, unsigned low, unsigned high, bool open,
                   bool lazy)
{
    unsigned end = c->regex->length;

    if (low > 200 || (!open && (high > 200 || high < low))) {
        fail(c, "a repetition is out of range");
        return;
    }
    if (low == 0 && !open && high == 0) {
        c->regex->length = start;
        return;
    }
    for (unsigned i = 1; i < low && c->error == NULL; i++)
        copy(c, start, end);
    if (open) {
        unsigned first = low == 0 ? start : copy(c, start, end);
        star(c, first, lazy);
        return;
    }
    for (unsigned i = low == 0 ? 1 : low; i < high && c->error == NULL; i++)
        optional(c, copy(c, start, end), lazy);
    if (low == 0 && c->error == NULL)
        optional(c, start, lazy);
}

static void parse_repeat(struct compiler *c, unsigned start)
{
    while (c->error == NULL && *c->at != '\0' && strchr("*+?{", *c->at) != NULL) {
        char kind = *c->at;
        unsigned low = kind == '+', high = 1;
        bool open = kind != '?', lazy;
        char *end;
        if (kind == '{') {
            low = high = (unsigned)strtoul(c->at + 1, &end, 10);
            open = end[0] == ',' && end[1] == '}';
            if (end[0] == ',' && !open)
                high = (unsigned)strtoul(end + 1, &end, 10);
            c->at = end + open;
            if (*c->at != '}')
                fail(c, "a repetition does not end");
        }
        c->at++;
        lazy = *c->at == '?';
        c->at += lazy;
        repeat(c, start, low, high, open, lazy);
    }
}

static void parse_choice(struct compiler *c)
{
    unsigned start = c->regex->length;

    while (*c->at != '\0' && *c->at != '|' && *c->at != ')' && c->error == NULL) {
        unsigned atom = c->regex->length;
        parse_atom(c);
        parse_repeat(c, atom);
    }
    if (*c->at == '|' && c->error == NULL) {
        unsigned jump;
        c->at++;
        insert(c, start, SPLIT, 0, 0);
        jump = emit(c, JUMP, 0, 0);
        emit_split(c, start, start + 1, c->regex->length, false);
        parse_choice(c);
        c->regex->program[jump].x = (uint16_t)c->regex->length;
    }
}

struct regex *regex_compile(const char *pattern, unsigned flags, const char **error)
{
    struct regex *regex = calloc(1, sizeof *regex);
    struct compiler c = {regex, pattern, NULL, 0};

    regex->flags = flags;
    regex->groups = 1;
    regex->program = malloc(MAX_PROGRAM * sizeof *regex->program);
    regex->sets = malloc(MAX_SETS * sizeof *regex->sets);
    parse_choice(&c);
    emit(&c, MATCH, 0, 0);
    if (*c.at == ')')
        fail(&c, "a ')' has no '('");
    if (error != NULL)
        *error = c.error;
    if (c.error != NULL) {
        regex_free(regex);
        return NULL;
    }
    regex->program = realloc(regex->program, regex->length * sizeof *regex->program);
    regex->sets = realloc(regex->sets, (regex->set_count + 1) * sizeof *regex->sets);
    return regex;
}

void regex_free(struct regex *regex)
{
    if (regex == NULL)
        return;
    free(regex->program);
    free(regex->sets);
    free(regex);
}

size_t regex_size(const struct regex *regex)
{
    return regex->length;
}
