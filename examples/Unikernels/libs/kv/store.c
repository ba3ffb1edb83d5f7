/* The store: entries in the tree, and a log that can undo what a transaction did. */
#include "kv_internal.h"
#include "nolibc.h"

struct kv *kv_open(void)
{
    struct kv *kv = calloc(1, sizeof *kv);

    if (kv != NULL && (kv->root = node_new(true)) == NULL) {
        free(kv);
        kv = NULL;
    }
    return kv;
}

static void drop_log(struct kv *kv)
{
    while (kv->log != NULL) {
        struct undo *undo = kv->log;
        kv->log = undo->next;
        free(undo->before);
        free(undo);
    }
}

void kv_close(struct kv *kv)
{
    drop_log(kv);
    node_free(kv->root);
    free(kv);
}

/* Keeps the entry for a rollback, or frees it when there is no transaction. */
static int retire(struct kv *kv, const void *key, size_t key_size, struct entry *before)
{
    struct undo *undo;

    if (before != NULL)
        kv->bytes -= before->key_size + before->value_size;
    if (!kv->in_transaction) {
        free(before);
        return OK;
    }
    undo = malloc(sizeof *undo + key_size);
    if (undo == NULL)
        return -ERROR_NO_MEMORY;
    undo->next = kv->log;
    undo->before = before;
    undo->key_size = key_size;
    memcpy(undo->key, key, key_size);
    kv->log = undo;
    return OK;
}

static int put_entry(struct kv *kv, struct entry *entry)
{
    struct entry **place = tree_find(kv->root, entry->bytes, entry->key_size), *before = NULL;
    int error = OK;

    if (place != NULL) {
        before = *place;
        *place = entry;
    } else {
        error = tree_insert(kv, entry);
        kv->entries += error == OK;
    }
    kv->bytes += entry->key_size + entry->value_size;
    return error != OK ? error : retire(kv, entry->bytes, entry->key_size, before);
}

int kv_put(struct kv *kv, const void *key, size_t key_size, const void *value, size_t size)
{
    struct entry *entry = entry_new(key, key_size, value, size);

    return entry == NULL ? -ERROR_NO_MEMORY : put_entry(kv, entry);
}

int kv_get(const struct kv *kv, const void *key, size_t key_size, struct kv_slice *value)
{
    struct entry **place = tree_find(kv->root, key, key_size);

    if (place == NULL)
        return -ERROR_NO_ENTRY;
    *value = (struct kv_slice){(*place)->bytes + key_size + 1, (*place)->value_size};
    return OK;
}

int kv_delete(struct kv *kv, const void *key, size_t key_size)
{
    struct entry *entry;

    if (tree_find(kv->root, key, key_size) == NULL)
        return -ERROR_NO_ENTRY;
    entry = tree_remove(kv, key, key_size);
    kv->entries--;
    return retire(kv, entry->bytes, key_size, entry);
}

int kv_put_text(struct kv *kv, const char *key, const char *value)
{
    return kv_put(kv, key, strlen(key), value, strlen(value));
}

const char *kv_get_text(const struct kv *kv, const char *key)
{
    struct kv_slice value;

    return kv_get(kv, key, strlen(key), &value) == OK ? value.data : NULL;
}

int kv_begin(struct kv *kv)
{
    if (kv->in_transaction)
        return -ERROR_BUSY;
    kv->in_transaction = true;
    return OK;
}

int kv_commit(struct kv *kv)
{
    if (!kv->in_transaction)
        return -ERROR_INVALID;
    kv->in_transaction = false;
    drop_log(kv);
    return OK;
}

/* The log is a stack, so the latest change is undone first. */
int kv_rollback(struct kv *kv)
{
    int error = OK;

    if (!kv->in_transaction)
        return -ERROR_INVALID;
    kv->in_transaction = false;
    while (kv->log != NULL && error == OK) {
        struct undo *undo = kv->log;
        kv->log = undo->next;
        error = undo->before != NULL ? put_entry(kv, undo->before)
                                     : kv_delete(kv, undo->key, undo->key_size);
        free(undo);
    }
    return error;
}
