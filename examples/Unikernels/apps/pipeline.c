/* pipeline: threads that make, compress, check and count blocks of data. */
#include "app.h"
#include "compress.h"
#include "encoding.h"
#include "hash.h"
#include "json.h"
#include "random.h"
#include "sched.h"

enum { BLOCKS = 24, BLOCK = 8192, WORKERS = 3 };

struct block {
    unsigned number, worker;
    size_t size;
    uint64_t hash; /* of what it was before it was compressed */
    uint8_t *data;
};

static struct channel *raw, *packed;
static struct semaphore workers_left;
static unsigned worker_blocks[WORKERS];

static void fill(uint8_t *data, unsigned number)
{
    struct pcg pcg;

    pcg_seed(&pcg, 42, number);
    for (size_t i = 0; i < BLOCK; i++)
        data[i] = (uint8_t)(pcg_next(&pcg) % (2 + number * 5));
}

static void produce(void *argument)
{
    (void)argument;
    for (unsigned i = 0; i < BLOCKS; i++) {
        struct block block = {i, 0, BLOCK, 0, malloc(BLOCK)};
        fill(block.data, i);
        block.hash = xxhash64(i, block.data, BLOCK);
        channel_send(raw, &block);
    }
    channel_close(raw);
}

static void work(void *argument)
{
    unsigned self = (unsigned)(uintptr_t)argument;
    struct block block;

    while (channel_receive(raw, &block) == OK) {
        uint8_t *out = malloc(compress_bound(BLOCK));
        int64_t size = compress_deflate(COMPRESS_ZLIB, 6, block.data, BLOCK, out, compress_bound(BLOCK));
        free(block.data);
        block.data = out;
        block.size = (size_t)size;
        block.worker = self;
        channel_send(packed, &block);
        thread_yield();
    }
    semaphore_give(&workers_left);
}

static void close_when_done(void *argument)
{
    (void)argument;
    for (unsigned i = 0; i < WORKERS; i++)
        semaphore_take(&workers_left);
    channel_close(packed);
}

struct totals {
    unsigned good;
    size_t bytes;
    uint64_t hash;
    size_t sizes[BLOCKS];
};

static void collect(void *argument)
{
    struct totals *totals = argument;
    uint8_t *again = malloc(BLOCK);
    struct block block;

    while (channel_receive(packed, &block) == OK) {
        int64_t size = compress_inflate(COMPRESS_ZLIB, block.data, block.size, again, BLOCK);
        totals->good += size == BLOCK && xxhash64(block.number, again, BLOCK) == block.hash;
        totals->bytes += block.size;
        totals->hash ^= block.hash; /* whatever order they come in */
        totals->sizes[block.number] = block.size;
        worker_blocks[block.worker]++;
        free(block.data);
    }
    free(again);
}

static void run(struct totals *totals)
{
    struct thread *threads[WORKERS + 3];

    raw = channel_new(sizeof(struct block), 4);
    packed = channel_new(sizeof(struct block), 2);
    threads[0] = thread_start("produce", produce, NULL);
    threads[1] = thread_start("collect", collect, totals);
    threads[2] = thread_start("close", close_when_done, NULL);
    for (uintptr_t i = 0; i < WORKERS; i++)
        threads[3 + i] = thread_start("work", work, (void *)i);
    for (unsigned i = 0; i < WORKERS + 3; i++)
        thread_join(threads[i]);
    channel_free(raw);
    channel_free(packed);
}

static void report(const struct totals *totals)
{
    struct arena arena = {0};
    struct buffer text = {0};
    struct json *root = json_new(&arena, JSON_OBJECT), *sizes;
    char hash[24], encoded[16];

    base64_encode(&totals->hash, sizeof totals->hash, encoded, sizeof encoded, true);
    snprintf(hash, sizeof hash, "%016lx", totals->hash);
    json_set(&arena, root, "blocks", json_integer(&arena, BLOCKS));
    json_set(&arena, root, "bytes", json_integer(&arena, (int64_t)totals->bytes));
    json_set(&arena, root, "hash", json_string(&arena, hash));
    json_set(&arena, root, "short", json_string(&arena, encoded));
    sizes = json_set(&arena, root, "sizes", json_new(&arena, JSON_ARRAY));
    for (unsigned i = 0; i < BLOCKS; i++)
        json_append(sizes, json_integer(&arena, (int64_t)totals->sizes[i]));
    json_print(root, &text, 2);
    console_puts(text.data);
    buffer_free(&text);
    arena_free(&arena);
}

static int pipeline_main(void)
{
    static struct totals totals;
    struct alloc_statistics statistics;

    run(&totals);
    report(&totals);
    for (unsigned i = 0; i < BLOCKS; i += 4) {
        char label[16];
        snprintf(label, sizeof label, "block %u", i);
        console_bar(label, totals.sizes[i], BLOCK);
    }
    check_number("good blocks", totals.good, BLOCKS);
    check(worker_blocks[0] > 0 && worker_blocks[1] > 0 && worker_blocks[2] > 0, "all workers had work");
    alloc_statistics(&statistics);
    check_number("blocks of memory left", (int64_t)statistics.blocks, 0);
    check(alloc_check(), "the heap is in order");
    return failures;
}

APP_DESCRIPTOR("pipeline", pipeline_main, NULL);
