/* kv: an ordered store of keys and values: a B-tree, with transactions and snapshots. */
#pragma once
#include "alloc.h"

struct kv;
struct kv_slice {
    const void *data;
    size_t size;
};

struct kv *kv_open(void);
void kv_close(struct kv *kv);
/* Return 0 or minus an error. Slices point into the store until it changes. */
int kv_put(struct kv *kv, const void *key, size_t key_size, const void *value, size_t size);
int kv_get(const struct kv *kv, const void *key, size_t key_size, struct kv_slice *value);
int kv_delete(struct kv *kv, const void *key, size_t key_size);
int kv_put_text(struct kv *kv, const char *key, const char *value);
const char *kv_get_text(const struct kv *kv, const char *key); /* NULL: none */

/* Visits keys from low (or the first) to below high (or the end), in order. */
typedef bool (*kv_visitor)(void *context, struct kv_slice key, struct kv_slice value);
size_t kv_scan(const struct kv *kv, const char *low, const char *high, kv_visitor visit,
               void *context);

/* What happens after begin takes effect as a whole, or not at all. */
int kv_begin(struct kv *kv);
int kv_commit(struct kv *kv);
int kv_rollback(struct kv *kv);

/* The whole store as bytes with a checksum, and back. */
int kv_save(const struct kv *kv, struct buffer *to);
int kv_load(struct kv *kv, const void *data, size_t size);

struct kv_statistics {
    size_t entries, nodes, depth, bytes;
};
void kv_statistics(const struct kv *kv, struct kv_statistics *statistics);
bool kv_check(const struct kv *kv); /* order, fill and depth of all nodes */
