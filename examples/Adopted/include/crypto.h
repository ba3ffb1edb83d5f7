#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void sha256(const void *data, size_t size, uint8_t digest[32]);
void sha512(const void *data, size_t size, uint8_t digest[64]);
void hmac_sha256(const void *key, size_t key_size, const void *data, size_t size, uint8_t mac[32]);
void hkdf_sha256(const void *secret, size_t size, const char *info, uint8_t *to, size_t to_size);

void chacha20(const uint8_t key[32], const uint8_t nonce[12], uint32_t counter, uint8_t *data, size_t size);
void poly1305(const uint8_t key[32], const void *data, size_t size, uint8_t tag[16]);
/* Encrypts in place and authenticates (RFC 8439, without further data). */
void seal_box(const uint8_t key[32], const uint8_t nonce[12], uint8_t *data, size_t size, uint8_t tag[16]);
bool open_box(const uint8_t key[32], const uint8_t nonce[12], uint8_t *data, size_t size, const uint8_t tag[16]);

struct aes { uint32_t keys[60]; unsigned rounds; };
void aes_expand(struct aes *aes, const uint8_t *key, unsigned bits); /* 128, 192 or 256 */
void aes_encrypt(const struct aes *aes, const uint8_t from[16], uint8_t to[16]);
void aes_ctr(const struct aes *aes, uint8_t counter[16], uint8_t *data, size_t size);

void x25519(uint8_t shared[32], const uint8_t secret[32], const uint8_t point[32]);
