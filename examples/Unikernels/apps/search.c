/* search: an index over files: words are folded, stored in order, and ranked. */
#include "alloc.h"
#include "app.h"
#include "kv.h"
#include "ramfs.h"
#include "unicode.h"

static const struct {
    const char *path, *text;
} documents[] = {
    {"/docs/pages.txt", "A page is four kilobytes. Pages with equal bytes can be merged, and merged pages save memory."},
    {"/docs/linker.txt", "The linker gives each section an address. Code that moves has other bytes, so its pages differ."},
    {"/docs/kernel.txt", "A kernel for one application: a library that is linked, not called. Unikernels share libraries."},
    {"/docs/de/seiten.txt", "Eine Seite hat vier Kilobyte. Gleiche Seiten können zusammengelegt werden; das spart Größe."},
    {"/docs/fr/memoire.txt", "Une page mémoire égale à une autre est gardée une seule fois. Les pages égales économisent la mémoire."},
    {"/docs/notes/empty.txt", ""},
};

static struct kv *index;
static const char *current;
static unsigned words_seen;

/* Keys are "word path", values the number of times. */
static void add_word(void *context, const char *word, size_t size)
{
    char text[64], folded[96], plain[96], key[256];
    struct kv_slice value;
    uint32_t count = 0;

    (void)context;
    if (size >= sizeof text)
        return;
    memcpy(text, word, size);
    text[size] = '\0';
    unicode_fold(text, folded, sizeof folded);
    unicode_strip_marks(folded, plain, sizeof plain);
    snprintf(key, sizeof key, "%s %s", plain, current);
    if (kv_get(index, key, strlen(key), &value) == OK)
        memcpy(&count, value.data, sizeof count);
    count++;
    kv_put(index, key, strlen(key), &count, sizeof count);
    words_seen++;
}

static bool add_file(void *context, const char *path, const struct fs_status *status)
{
    char *text;

    (void)context;
    if (status->kind != FS_FILE)
        return true;
    text = calloc(1, status->size + 1);
    fs_read_file(path, text, status->size);
    current = path;
    unicode_words(text, add_word, NULL);
    free(text);
    return true;
}

struct hits {
    char best[64];
    uint32_t best_count, total;
};

static bool add_hit(void *context, struct kv_slice key, struct kv_slice value)
{
    struct hits *hits = context;
    const char *path = strchr(key.data, ' ') + 1;
    uint32_t count;

    memcpy(&count, value.data, sizeof count);
    console_printf("    %u %s\n", count, path);
    hits->total += count;
    if (count > hits->best_count) {
        hits->best_count = count;
        strlcpy(hits->best, path, sizeof hits->best);
    }
    return true;
}

static void query(const char *word, unsigned total, const char *best)
{
    char folded[96], plain[96], low[100], high[100];
    struct hits hits = {0};

    unicode_fold(word, folded, sizeof folded);
    unicode_strip_marks(folded, plain, sizeof plain);
    snprintf(low, sizeof low, "%s ", plain);
    snprintf(high, sizeof high, "%s!", plain);
    console_printf("  %s\n", word);
    kv_scan(index, low, high, add_hit, &hits);
    if (hits.total != total || strcmp(hits.best, best) != 0)
        check_number(word, hits.total, total);
}

static int search_main(void)
{
    struct kv_statistics statistics;

    console_puts("indexing");
    for (size_t i = 0; i < sizeof documents / sizeof documents[0]; i++) {
        char directory[64];
        strlcpy(directory, documents[i].path, sizeof directory);
        *strrchr(directory, '/') = '\0';
        fs_make_directories(directory);
        fs_write_file(documents[i].path, documents[i].text, strlen(documents[i].text));
    }
    index = kv_open();
    check_number("entries visited", fs_walk("/docs", add_file, NULL), 9);
    kv_statistics(index, &statistics);
    check_number("words", words_seen, 80);
    check_number("index entries", (int64_t)statistics.entries, 74);
    check(kv_check(index), "the index is in order");
    console_puts("queries");
    query("PAGES", 4, "/docs/pages.txt");
    query("Mémoire", 2, "/docs/fr/memoire.txt");
    query("GRÖSSE", 1, "/docs/de/seiten.txt");
    query("page", 2, "/docs/fr/memoire.txt");
    query("bytes", 2, "/docs/linker.txt");
    query("nowhere", 0, "");
    kv_close(index);
    check(alloc_check(), "the heap is in order");
    return failures;
}

APP_DESCRIPTOR("search", search_main, NULL);
