/* One interface to all cryptographic hashes: buffering, padding, output. */
#include "hash_internal.h"
#include "nolibc.h"
#include "sha_tables.h"

static const struct {
    const char *name;
    uint8_t size, block;
    bool big_endian, longs;
} kinds[HASH_KINDS] = {
    [HASH_MD5] = {"md5", 16, 64, false, false},
    [HASH_SHA1] = {"sha1", 20, 64, true, false},
    [HASH_SHA256] = {"sha256", 32, 64, true, false},
    [HASH_SHA512] = {"sha512", 64, 128, true, true},
    [HASH_BLAKE2B] = {"blake2b", 64, 128, false, true},
};

size_t hash_size(enum hash_kind kind) { return kinds[kind].size; }
size_t hash_block_size(enum hash_kind kind) { return kinds[kind].block; }
const char *hash_name(enum hash_kind kind) { return kinds[kind].name; }

int hash_by_name(const char *name)
{
    for (int kind = 0; kind < HASH_KINDS; kind++)
        if (strcasecmp(name, kinds[kind].name) == 0)
            return kind;
    return -1;
}

void hash_start(struct hash_state *state, enum hash_kind kind)
{
    *state = (struct hash_state){.kind = kind};
    switch (kind) {
    case HASH_MD5: case HASH_SHA1:
        memcpy(state->chain.words, sha1_start, sizeof sha1_start);
        break;
    case HASH_SHA256:
        memcpy(state->chain.words, sha256_start, sizeof sha256_start);
        break;
    default:
        memcpy(state->chain.longs, sha512_start, sizeof sha512_start);
        if (kind == HASH_BLAKE2B)
            state->chain.longs[0] ^= 0x01010040; /* no key, 64 bytes of output */
    }
}

static void process(struct hash_state *state, const uint8_t *block)
{
    switch (state->kind) {
    case HASH_MD5: hash_md5_block(state, block); break;
    case HASH_SHA1: hash_sha1_block(state, block); break;
    case HASH_SHA256: hash_sha256_block(state, block); break;
    case HASH_SHA512: hash_sha512_block(state, block); break;
    default: hash_blake2b_block(state, block, state->total, 0); break;
    }
}

/* BLAKE2b must know its last block, so a full one waits until more data come. */
void hash_add(struct hash_state *state, const void *data, size_t size)
{
    size_t block = kinds[state->kind].block;
    bool wait = state->kind == HASH_BLAKE2B;
    const uint8_t *p = data;

    while (size > 0) {
        size_t used = state->total % block, room;
        if (wait && used == 0 && state->total > 0)
            process(state, state->block);
        room = block - used;
        if (room > size)
            room = size;
        memcpy(state->block + used, p, room);
        state->total += room;
        p += room;
        size -= room;
        if (!wait && state->total % block == 0)
            process(state, state->block);
    }
}

static void pad(struct hash_state *state)
{
    size_t block = kinds[state->kind].block, length_size = block / 8;
    uint64_t bits = state->total * 8;
    uint8_t mark = 0x80, zero = 0, length[16] = {0};

    hash_add(state, &mark, 1);
    while (state->total % block != block - length_size)
        hash_add(state, &zero, 1);
    for (unsigned i = 0; i < 8; i++) {
        bool big = kinds[state->kind].big_endian;
        length[big ? length_size - 1 - i : i] = (uint8_t)(bits >> 8 * i);
    }
    hash_add(state, length, length_size);
}

void hash_finish(struct hash_state *state, uint8_t *digest)
{
    bool big = kinds[state->kind].big_endian;
    size_t used = state->total % HASH_MAX_BLOCK;

    if (state->kind == HASH_BLAKE2B) {
        if (used > 0 || state->total == 0)
            memset(state->block + used, 0, HASH_MAX_BLOCK - used);
        hash_blake2b_block(state, state->block, state->total, 1);
    } else {
        pad(state);
    }
    for (size_t i = 0; i < kinds[state->kind].size; i++) {
        if (kinds[state->kind].longs)
            digest[i] = (uint8_t)(state->chain.longs[i / 8] >> 8 * (big ? 7 - i % 8 : i % 8));
        else
            digest[i] = (uint8_t)(state->chain.words[i / 4] >> 8 * (big ? 3 - i % 4 : i % 4));
    }
}

void hash_data(enum hash_kind kind, const void *data, size_t size, uint8_t *digest)
{
    struct hash_state state;

    hash_start(&state, kind);
    hash_add(&state, data, size);
    hash_finish(&state, digest);
}

void hash_hex(const uint8_t *digest, size_t size, char *text)
{
    for (size_t i = 0; i < size; i++)
        snprintf(text + 2 * i, 3, "%02x", digest[i]);
}
