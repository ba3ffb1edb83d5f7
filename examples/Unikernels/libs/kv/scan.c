/* Everything that walks the whole tree: scans, snapshots, checks. */
#include "hash.h"
#include "kv_internal.h"
#include "nolibc.h"

struct scan {
    const char *low, *high;
    kv_visitor visit;
    void *context;
    size_t count;
};

static struct kv_slice key_of(const struct entry *e)
{
    return (struct kv_slice){e->bytes, e->key_size};
}

static struct kv_slice value_of(const struct entry *e)
{
    return (struct kv_slice){e->bytes + e->key_size + 1, e->value_size};
}

static bool scan_node(struct scan *scan, const struct node *node)
{
    for (unsigned i = 0; i <= node->count; i++) {
        const struct entry *entry = i < node->count ? node->entries[i] : NULL;
        bool before = entry != NULL && scan->low != NULL &&
                      entry_compare(scan->low, strlen(scan->low), entry) > 0;
        /* What lies to the left of an entry before the range is before it, too. */
        if (before)
            continue;
        if (!node->leaf && !scan_node(scan, node->children[i]))
            return false;
        if (entry == NULL)
            break;
        if (scan->high != NULL && entry_compare(scan->high, strlen(scan->high), entry) <= 0)
            return false;
        scan->count++;
        if (!scan->visit(scan->context, key_of(entry), value_of(entry)))
            return false;
    }
    return true;
}

size_t kv_scan(const struct kv *kv, const char *low, const char *high, kv_visitor visit,
               void *context)
{
    struct scan scan = {low, high, visit, context, 0};

    scan_node(&scan, kv->root);
    return scan.count;
}

enum { SNAPSHOT_MAGIC = 0x3153564b };

struct snapshot_header {
    uint32_t magic, checksum; /* of all that follows the header */
    uint64_t entries;
};

static bool save_entry(void *context, struct kv_slice key, struct kv_slice value)
{
    uint32_t sizes[2] = {(uint32_t)key.size, (uint32_t)value.size};

    buffer_add(context, sizes, sizeof sizes);
    buffer_add(context, key.data, key.size);
    buffer_add(context, value.data, value.size);
    return true;
}

int kv_save(const struct kv *kv, struct buffer *to)
{
    struct snapshot_header header = {SNAPSHOT_MAGIC, 0, kv->entries};
    size_t start = to->size;

    buffer_add(to, &header, sizeof header);
    kv_scan(kv, NULL, NULL, save_entry, to);
    if (to->failed)
        return -ERROR_NO_MEMORY;
    header.checksum = crc32(0, to->data + start + sizeof header, to->size - start - sizeof header);
    memcpy(to->data + start, &header, sizeof header);
    return OK;
}

int kv_load(struct kv *kv, const void *data, size_t size)
{
    const uint8_t *at = data, *end = at + size;
    struct snapshot_header header;

    if (size < sizeof header)
        return -ERROR_TRUNCATED;
    memcpy(&header, at, sizeof header);
    at += sizeof header;
    if (header.magic != SNAPSHOT_MAGIC)
        return -ERROR_SYNTAX;
    if (header.checksum != crc32(0, at, (size_t)(end - at)))
        return -ERROR_CHECKSUM;
    for (; header.entries > 0; header.entries--) {
        uint32_t sizes[2];
        int error;
        if ((size_t)(end - at) < sizeof sizes)
            return -ERROR_TRUNCATED;
        memcpy(sizes, at, sizeof sizes);
        at += sizeof sizes;
        if ((uint64_t)(end - at) < (uint64_t)sizes[0] + sizes[1])
            return -ERROR_TRUNCATED;
        error = kv_put(kv, at, sizes[0], at + sizes[0], sizes[1]);
        if (error != OK)
            return error;
        at += sizes[0] + sizes[1];
    }
    return OK;
}

static size_t count_nodes(const struct node *node)
{
    size_t count = 1;

    for (unsigned i = 0; !node->leaf && i <= node->count; i++)
        count += count_nodes(node->children[i]);
    return count;
}

static size_t depth_of(const struct node *node)
{
    return node->leaf ? 1 : 1 + depth_of(node->children[0]);
}

void kv_statistics(const struct kv *kv, struct kv_statistics *statistics)
{
    *statistics = (struct kv_statistics){kv->entries, count_nodes(kv->root), depth_of(kv->root),
                                         kv->bytes};
}

static bool check_node(const struct node *node, size_t depth, bool root, const struct entry **last)
{
    if (node->count > MAXIMUM || (!root && node->count < MINIMUM - 1))
        return false;
    if (node->leaf != (depth == 1))
        return false;
    for (unsigned i = 0; i <= node->count; i++) {
        if (!node->leaf && !check_node(node->children[i], depth - 1, false, last))
            return false;
        if (i == node->count)
            break;
        if (*last != NULL &&
            entry_compare((*last)->bytes, (*last)->key_size, node->entries[i]) >= 0)
            return false;
        *last = node->entries[i];
    }
    return true;
}

bool kv_check(const struct kv *kv)
{
    const struct entry *last = NULL;

    return check_node(kv->root, depth_of(kv->root), true, &last);
}
