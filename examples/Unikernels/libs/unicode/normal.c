/* Normal forms. Hangul syllables follow a formula, all others a table. */
#include "alloc.h"
#include "encoding.h"
#include "nolibc.h"
#include "unicode.h"
#include "unicode_internal.h"

enum { SYLLABLES = 0xac00, LEADS = 0x1100, VOWELS = 0x1161, TAILS = 0x11a7, LEAD_COUNT = 19,
       VOWEL_COUNT = 21, TAIL_COUNT = 28, SYLLABLE_COUNT = LEAD_COUNT * VOWEL_COUNT * TAIL_COUNT };

struct codes {
    uint32_t *items;
    size_t count;
};

static void push(struct codes *codes, uint32_t code)
{
    codes->items[codes->count++] = code;
}

static void decompose(struct codes *codes, uint32_t code)
{
    uint32_t first, second, syllable = code - SYLLABLES;

    if (syllable < SYLLABLE_COUNT) {
        push(codes, LEADS + syllable / (VOWEL_COUNT * TAIL_COUNT));
        push(codes, VOWELS + syllable / TAIL_COUNT % VOWEL_COUNT);
        if (syllable % TAIL_COUNT != 0)
            push(codes, TAILS + syllable % TAIL_COUNT);
    } else if (unicode_decompose(code, &first, &second)) {
        decompose(codes, first);
        if (second != 0)
            decompose(codes, second);
    } else {
        push(codes, code);
    }
}

/* Marks that do not touch each other are put into one order. */
static void order_marks(struct codes *codes)
{
    for (size_t i = 1; i < codes->count; i++) {
        uint32_t code = codes->items[i];
        unsigned class = unicode_combining_class(code);
        size_t at = i;
        while (class != 0 && at > 0 && unicode_combining_class(codes->items[at - 1]) > class) {
            codes->items[at] = codes->items[at - 1];
            at--;
        }
        codes->items[at] = code;
    }
}

static uint32_t compose_pair(uint32_t first, uint32_t second)
{
    if (first - LEADS < LEAD_COUNT && second - VOWELS < VOWEL_COUNT)
        return SYLLABLES + ((first - LEADS) * VOWEL_COUNT + second - VOWELS) * TAIL_COUNT;
    if (first - SYLLABLES < SYLLABLE_COUNT && (first - SYLLABLES) % TAIL_COUNT == 0 &&
        second - TAILS - 1 < TAIL_COUNT - 1)
        return first + second - TAILS;
    return unicode_compose(first, second);
}

static void compose(struct codes *codes)
{
    size_t out = 0, starter = SIZE_MAX;
    unsigned last_class = 0;

    for (size_t i = 0; i < codes->count; i++) {
        uint32_t code = codes->items[i], made = 0;
        unsigned class = unicode_combining_class(code);
        bool blocked = starter == SIZE_MAX ||
                       (out > starter + 1 && last_class >= class) ;
        if (!blocked)
            made = compose_pair(codes->items[starter], code);
        if (made != 0) {
            codes->items[starter] = made;
            continue;
        }
        if (class == 0)
            starter = out;
        last_class = class;
        codes->items[out++] = code;
    }
    codes->count = out;
}

static int64_t write(const struct codes *codes, char *to, size_t room)
{
    size_t length = 0;

    for (size_t i = 0; i < codes->count; i++) {
        if (length + 5 > room)
            return -ERROR_TOO_LARGE;
        length += utf8_encode(codes->items[i], to + length);
    }
    to[length] = '\0';
    return (int64_t)length;
}

/* No character decomposes into more than four. */
static bool read(const char *text, struct codes *codes)
{
    size_t size = strlen(text);

    codes->count = 0;
    codes->items = malloc((size * 4 + 1) * sizeof *codes->items);
    while (codes->items != NULL && size > 0) {
        uint32_t code;
        size_t taken = utf8_decode(text, size, &code);
        if (taken == 0)
            return false;
        decompose(codes, code);
        text += taken;
        size -= taken;
    }
    return codes->items != NULL;
}

static bool keep_all(uint32_t code)
{
    (void)code;
    return true;
}

static bool no_mark(uint32_t code)
{
    return !unicode_is_mark(code);
}

static int64_t normalize(const char *text, char *to, size_t room, bool composed,
                         bool (*keep)(uint32_t))
{
    struct codes codes;
    int64_t result = -ERROR_SYNTAX;

    if (read(text, &codes)) {
        size_t kept = 0;
        order_marks(&codes);
        for (size_t i = 0; i < codes.count; i++)
            if (keep(codes.items[i]))
                codes.items[kept++] = codes.items[i];
        codes.count = kept;
        if (composed)
            compose(&codes);
        result = write(&codes, to, room);
    }
    free(codes.items);
    return result;
}

int64_t unicode_nfd(const char *text, char *to, size_t room)
{
    return normalize(text, to, room, false, keep_all);
}

int64_t unicode_nfc(const char *text, char *to, size_t room)
{
    return normalize(text, to, room, true, keep_all);
}

int64_t unicode_strip_marks(const char *text, char *to, size_t room)
{
    return normalize(text, to, room, true, no_mark);
}
