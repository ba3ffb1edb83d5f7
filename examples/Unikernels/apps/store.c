/* store: an ordered store under load, with transactions and snapshots. */
#include "app.h"
#include "hash.h"
#include "kv.h"
#include "random.h"

static bool print_pair(void *context, struct kv_slice key, struct kv_slice value)
{
    (void)context;
    (void)key.size;
    console_printf("  %s = %s\n", (const char *)key.data, (const char *)value.data);
    return true;
}

static void show_basics(void)
{
    static const char *const fruits[] = {"cherry", "apple", "fig", "banana", "elderberry", "date", "grape"};
    struct kv *kv = kv_open();
    char length[8];

    console_puts("basics");
    for (unsigned i = 0; i < 7; i++) {
        snprintf(length, sizeof length, "%zu", strlen(fruits[i]));
        kv_put_text(kv, fruits[i], length);
    }
    check_number("from b to e", (int64_t)kv_scan(kv, "b", "e", print_pair, NULL), 3);
    check_text("banana", kv_get_text(kv, "banana"), "6");
    check(kv_get_text(kv, "kiwi") == NULL, "no kiwi");
    check_number("delete", kv_delete(kv, "fig", 3), OK);
    check_number("delete again", kv_delete(kv, "fig", 3), -ERROR_NO_ENTRY);
    kv_close(kv);
}

static uint32_t fingerprint(const struct kv *kv)
{
    struct buffer all = {0};
    uint32_t sum;

    kv_save(kv, &all);
    sum = crc32c(0, all.data, all.size);
    buffer_free(&all);
    return sum;
}

static void key_of(unsigned i, char key[16])
{
    snprintf(key, 16, "%08x", murmur32(7, &i, sizeof i));
}

static void show_load(struct kv *kv)
{
    enum { COUNT = 5000 };
    static unsigned order[COUNT];
    struct kv_statistics statistics;
    unsigned found = 0;
    char key[16];

    console_puts("load");
    for (unsigned i = 0; i < COUNT; i++)
        order[i] = i;
    random_shuffle(order, COUNT, sizeof order[0]);
    for (unsigned i = 0; i < COUNT; i++) {
        key_of(order[i], key);
        kv_put(kv, key, 8, &order[i], sizeof order[i]);
    }
    check(kv_check(kv), "the tree is in order");
    for (unsigned i = 0; i < COUNT; i++) {
        struct kv_slice value;
        key_of(i, key);
        found += kv_get(kv, key, 8, &value) == OK && value.size == 4 && memcmp(value.data, &i, 4) == 0;
    }
    check_number("found", found, COUNT);
    random_shuffle(order, COUNT, sizeof order[0]);
    for (unsigned i = 0; i < COUNT - 1000; i++) {
        key_of(order[i], key);
        if (kv_delete(kv, key, 8) != OK)
            check(false, "delete");
        if (i % 500 == 0 && !kv_check(kv))
            check(false, "the tree is not in order");
    }
    kv_statistics(kv, &statistics);
    check_number("entries left", (int64_t)statistics.entries, 1000);
    check_number("bytes", (int64_t)statistics.bytes, 12000);
    check(kv_check(kv) && statistics.depth <= 4, "the tree is in order and flat");
}

static void show_transactions(struct kv *kv)
{
    uint32_t before = fingerprint(kv);
    char key[16];

    console_puts("transactions");
    check_number("begin", kv_begin(kv), OK);
    check_number("begin again", kv_begin(kv), -ERROR_BUSY);
    for (unsigned i = 0; i < 3000; i++) {
        key_of((unsigned)random_below(5000), key);
        if (random_below(2))
            kv_put_text(kv, key, "changed");
        else
            kv_delete(kv, key, 8);
    }
    check(fingerprint(kv) != before, "the store has changed");
    check_number("rollback", kv_rollback(kv), OK);
    check(fingerprint(kv) == before && kv_check(kv), "everything is as it was");
    kv_begin(kv);
    kv_put_text(kv, "new", "stays");
    check_number("commit", kv_commit(kv), OK);
    check_text("after it", kv_get_text(kv, "new"), "stays");
}

static void show_snapshots(struct kv *kv)
{
    struct buffer saved = {0};
    struct kv *copy = kv_open();

    console_puts("snapshots");
    check_number("save", kv_save(kv, &saved), OK);
    check_number("load", kv_load(copy, saved.data, saved.size), OK);
    check(fingerprint(copy) == fingerprint(kv), "the copy is equal");
    saved.data[saved.size / 2] ^= 32;
    check_number("damaged", kv_load(copy, saved.data, saved.size), -ERROR_CHECKSUM);
    buffer_free(&saved);
    kv_close(copy);
}

static int store_main(void)
{
    struct alloc_statistics statistics;
    struct kv *kv;

    show_basics();
    kv = kv_open();
    show_load(kv);
    show_transactions(kv);
    show_snapshots(kv);
    kv_close(kv);
    alloc_statistics(&statistics);
    check_number("blocks left", (int64_t)statistics.blocks, 0);
    check(alloc_check(), "the heap is in order");
    return failures;
}

APP_DESCRIPTOR("store", store_main, NULL);
