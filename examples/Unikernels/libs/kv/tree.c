/* A B-tree that splits full nodes on the way down and fills thin ones likewise, so that no
 * operation ever has to go back up. */
#include "kv_internal.h"
#include "nolibc.h"

struct entry *entry_new(const void *key, size_t key_size, const void *value, size_t size)
{
    struct entry *entry = malloc(sizeof *entry + key_size + size + 2);

    if (entry != NULL) {
        entry->key_size = key_size;
        entry->value_size = size;
        memcpy(entry->bytes, key, key_size);
        entry->bytes[key_size] = '\0';
        memcpy(entry->bytes + key_size + 1, value, size);
        entry->bytes[key_size + 1 + size] = '\0';
    }
    return entry;
}

int entry_compare(const void *key, size_t key_size, const struct entry *entry)
{
    size_t common = key_size < entry->key_size ? key_size : entry->key_size;
    int order = memcmp(key, entry->bytes, common);

    if (order != 0)
        return order;
    return key_size < entry->key_size ? -1 : key_size > entry->key_size;
}

struct node *node_new(bool leaf)
{
    struct node *node = calloc(1, sizeof *node);

    if (node != NULL)
        node->leaf = leaf;
    return node;
}

void node_free(struct node *node)
{
    for (unsigned i = 0; i < node->count; i++)
        free(node->entries[i]);
    for (unsigned i = 0; !node->leaf && i <= node->count; i++)
        node_free(node->children[i]);
    free(node);
}

/* Index of the first entry that is not less than the key. */
static unsigned position(const struct node *node, const void *key, size_t key_size, bool *found)
{
    unsigned low = 0, high = node->count;

    *found = false;
    while (low < high) {
        unsigned middle = (low + high) / 2;
        int order = entry_compare(key, key_size, node->entries[middle]);
        if (order == 0) {
            *found = true;
            return middle;
        }
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct entry **tree_find(struct node *node, const void *key, size_t key_size)
{
    for (;;) {
        bool found;
        unsigned i = position(node, key, key_size, &found);
        if (found)
            return &node->entries[i];
        if (node->leaf)
            return NULL;
        node = node->children[i];
    }
}

static void open_gap(struct node *node, unsigned i)
{
    memmove(&node->entries[i + 1], &node->entries[i], (node->count - i) * sizeof node->entries[0]);
    if (!node->leaf)
        memmove(&node->children[i + 2], &node->children[i + 1],
                (node->count - i) * sizeof node->children[0]);
    node->count++;
}

/* Takes entry i and the child to its right out. */
static void close_gap(struct node *node, unsigned i)
{
    node->count--;
    memmove(&node->entries[i], &node->entries[i + 1], (node->count - i) * sizeof node->entries[0]);
    if (!node->leaf)
        memmove(&node->children[i + 1], &node->children[i + 2],
                (node->count - i) * sizeof node->children[0]);
}

static bool split_child(struct node *parent, unsigned i)
{
    struct node *left = parent->children[i], *right = node_new(left->leaf);

    if (right == NULL)
        return false;
    right->count = MINIMUM - 1;
    memcpy(right->entries, left->entries + MINIMUM, (MINIMUM - 1) * sizeof left->entries[0]);
    if (!left->leaf)
        memcpy(right->children, left->children + MINIMUM, MINIMUM * sizeof left->children[0]);
    left->count = MINIMUM - 1;
    open_gap(parent, i);
    parent->entries[i] = left->entries[MINIMUM - 1];
    parent->children[i + 1] = right;
    return true;
}

int tree_insert(struct kv *kv, struct entry *entry)
{
    struct node *node = kv->root;
    bool found;

    if (node->count == MAXIMUM) {
        struct node *root = node_new(false);
        if (root == NULL)
            return -ERROR_NO_MEMORY;
        root->children[0] = node;
        kv->root = root;
        if (!split_child(root, 0))
            return -ERROR_NO_MEMORY;
        node = root;
    }
    for (;;) {
        unsigned i = position(node, entry->bytes, entry->key_size, &found);
        if (node->leaf) {
            open_gap(node, i);
            node->entries[i] = entry;
            return OK;
        }
        if (node->children[i]->count == MAXIMUM) {
            if (!split_child(node, i))
                return -ERROR_NO_MEMORY;
            i += entry_compare(entry->bytes, entry->key_size, node->entries[i]) > 0;
        }
        node = node->children[i];
    }
}

static void borrow_from_left(struct node *parent, unsigned i)
{
    struct node *child = parent->children[i], *left = parent->children[i - 1];

    memmove(&child->entries[1], &child->entries[0], child->count * sizeof child->entries[0]);
    if (!child->leaf) {
        memmove(&child->children[1], &child->children[0],
                (child->count + 1) * sizeof child->children[0]);
        child->children[0] = left->children[left->count];
    }
    child->entries[0] = parent->entries[i - 1];
    parent->entries[i - 1] = left->entries[left->count - 1];
    left->count--;
    child->count++;
}

static void borrow_from_right(struct node *parent, unsigned i)
{
    struct node *child = parent->children[i], *right = parent->children[i + 1];

    child->entries[child->count] = parent->entries[i];
    parent->entries[i] = right->entries[0];
    if (!child->leaf)
        child->children[child->count + 1] = right->children[0];
    child->count++;
    right->count--;
    memmove(&right->entries[0], &right->entries[1], right->count * sizeof right->entries[0]);
    if (!right->leaf)
        memmove(&right->children[0], &right->children[1],
                (right->count + 1) * sizeof right->children[0]);
}

/* Child i, entry i and child i + 1 become one node. */
static void merge(struct node *parent, unsigned i)
{
    struct node *left = parent->children[i], *right = parent->children[i + 1];

    left->entries[left->count] = parent->entries[i];
    memcpy(&left->entries[left->count + 1], right->entries,
           right->count * sizeof right->entries[0]);
    if (!left->leaf)
        memcpy(&left->children[left->count + 1], right->children,
               (right->count + 1) * sizeof right->children[0]);
    left->count += right->count + 1;
    close_gap(parent, i);
    free(right);
}

/* Makes sure that child i can lose an entry; returns where it is then. */
static unsigned fill_child(struct node *parent, unsigned i)
{
    if (parent->children[i]->count >= MINIMUM)
        return i;
    if (i > 0 && parent->children[i - 1]->count >= MINIMUM) {
        borrow_from_left(parent, i);
    } else if (i < parent->count && parent->children[i + 1]->count >= MINIMUM) {
        borrow_from_right(parent, i);
    } else {
        i -= i == parent->count;
        merge(parent, i);
    }
    return i;
}

static struct entry *remove_edge(struct node *node, bool last)
{
    while (!node->leaf)
        node = node->children[fill_child(node, last ? node->count : 0)];
    if (last)
        return node->entries[--node->count];
    struct entry *entry = node->entries[0];
    close_gap(node, 0);
    return entry;
}

static struct entry *remove_below(struct node *node, const void *key, size_t key_size)
{
    for (;;) {
        bool found;
        unsigned i = position(node, key, key_size, &found);
        struct entry *entry = found ? node->entries[i] : NULL;
        if (node->leaf) {
            if (found)
                close_gap(node, i);
            return entry;
        }
        if (!found) {
            node = node->children[fill_child(node, i)];
            continue;
        }
        /* A neighbour from below takes the place, or the children around it become one. */
        if (node->children[i]->count >= MINIMUM) {
            node->entries[i] = remove_edge(node->children[i], true);
            return entry;
        }
        if (node->children[i + 1]->count >= MINIMUM) {
            node->entries[i] = remove_edge(node->children[i + 1], false);
            return entry;
        }
        merge(node, i);
        node = node->children[i];
    }
}

struct entry *tree_remove(struct kv *kv, const void *key, size_t key_size)
{
    struct entry *entry = remove_below(kv->root, key, key_size);

    if (kv->root->count == 0 && !kv->root->leaf) {
        struct node *old = kv->root;
        kv->root = old->children[0];
        free(old);
    }
    return entry;
}
