/* The B-tree behind the store. */
#pragma once
#include "kv.h"

enum { MINIMUM = 8, MAXIMUM = 2 * MINIMUM - 1 };

struct entry {
    size_t key_size, value_size;
    char bytes[]; /* key, zero, value, zero */
};

struct node {
    unsigned count;
    bool leaf;
    struct entry *entries[MAXIMUM];
    struct node *children[MAXIMUM + 1];
};

/* What undoes a change: the old entry, or that there was none. */
struct undo {
    struct undo *next;
    struct entry *before; /* NULL: the key was new */
    size_t key_size;
    char key[];
};

struct kv {
    struct node *root;
    size_t entries, bytes;
    bool in_transaction;
    struct undo *log;
};

struct entry *entry_new(const void *key, size_t key_size, const void *value, size_t size);
int entry_compare(const void *key, size_t key_size, const struct entry *entry);
struct node *node_new(bool leaf);
void node_free(struct node *node);

struct entry **tree_find(struct node *node, const void *key, size_t key_size);
int tree_insert(struct kv *kv, struct entry *entry); /* the key must be new */
struct entry *tree_remove(struct kv *kv, const void *key, size_t key_size);
