/* hash: checksums, keyed and unkeyed hashes. */
#pragma once
#include <stddef.h>
#include <stdint.h>

/* Checksums; start with 0 (1 for adler32) and pass the result on for more data. */
uint32_t crc32(uint32_t crc, const void *data, size_t size);
uint32_t crc32c(uint32_t crc, const void *data, size_t size);
uint16_t crc16(uint16_t crc, const void *data, size_t size);
uint32_t adler32(uint32_t sum, const void *data, size_t size);
uint32_t fnv1a32(const void *data, size_t size);
uint64_t fnv1a64(const void *data, size_t size);

/* Fast hashes for tables. */
uint64_t siphash24(const uint8_t key[16], const void *data, size_t size);
uint64_t xxhash64(uint64_t seed, const void *data, size_t size);
uint32_t murmur32(uint32_t seed, const void *data, size_t size);

/* Cryptographic hashes: one state type, so that users can choose at run time. */
enum hash_kind { HASH_MD5, HASH_SHA1, HASH_SHA256, HASH_SHA512, HASH_BLAKE2B, HASH_KINDS };
enum { HASH_MAX_SIZE = 64, HASH_MAX_BLOCK = 128 };

struct hash_state {
    enum hash_kind kind;
    uint64_t total;
    union {
        uint32_t words[8];
        uint64_t longs[8];
    } chain;
    uint8_t block[HASH_MAX_BLOCK];
};

size_t hash_size(enum hash_kind kind);
size_t hash_block_size(enum hash_kind kind);
const char *hash_name(enum hash_kind kind);
int hash_by_name(const char *name); /* -1: no such hash */
void hash_start(struct hash_state *state, enum hash_kind kind);
void hash_add(struct hash_state *state, const void *data, size_t size);
void hash_finish(struct hash_state *state, uint8_t *digest);
void hash_data(enum hash_kind kind, const void *data, size_t size, uint8_t *digest);

void hmac(enum hash_kind kind, const void *key, size_t key_size, const void *data, size_t size,
          uint8_t *mac);
void hkdf(enum hash_kind kind, const void *salt, size_t salt_size, const void *key,
          size_t key_size, const void *info, size_t info_size, uint8_t *out, size_t out_size);
void pbkdf2(enum hash_kind kind, const char *password, const void *salt, size_t salt_size,
            unsigned rounds, uint8_t *out, size_t out_size);

/* "d41d8cd9..." of a digest. */
void hash_hex(const uint8_t *digest, size_t size, char *text);
