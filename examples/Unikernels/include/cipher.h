/* cipher: AES in its common modes, authenticated ciphers, and key exchange. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct aes {
    unsigned rounds;
    uint32_t encrypt[60], decrypt[60];
};
bool aes_key(struct aes *aes, const uint8_t *key, size_t size); /* 16, 24 or 32 bytes */
void aes_encrypt(const struct aes *aes, const uint8_t in[16], uint8_t out[16]);
void aes_decrypt(const struct aes *aes, const uint8_t in[16], uint8_t out[16]);

/* CBC with PKCS#7 padding: the result is up to 16 bytes longer. Minus an error if it is wrong. */
int64_t aes_cbc_encrypt(const struct aes *aes, const uint8_t iv[16], const void *data,
                        size_t size, uint8_t *to, size_t room);
int64_t aes_cbc_decrypt(const struct aes *aes, const uint8_t iv[16], const void *data,
                        size_t size, uint8_t *to, size_t room);
void aes_ctr(const struct aes *aes, const uint8_t counter[16], void *data, size_t size);

/* Galois/counter mode: encrypts in place and makes a tag over data and extra. */
void aes_gcm_seal(const struct aes *aes, const uint8_t nonce[12], const void *extra,
                  size_t extra_size, void *data, size_t size, uint8_t tag[16]);
bool aes_gcm_open(const struct aes *aes, const uint8_t nonce[12], const void *extra,
                  size_t extra_size, void *data, size_t size, const uint8_t tag[16]);

/* ChaCha20-Poly1305 (RFC 8439). */
void poly1305(const uint8_t key[32], const void *data, size_t size, uint8_t tag[16]);
void chacha_seal(const uint8_t key[32], const uint8_t nonce[12], const void *extra,
                 size_t extra_size, void *data, size_t size, uint8_t tag[16]);
bool chacha_open(const uint8_t key[32], const uint8_t nonce[12], const void *extra,
                 size_t extra_size, void *data, size_t size, const uint8_t tag[16]);

/* X25519 (RFC 7748). */
void x25519(uint8_t shared[32], const uint8_t secret[32], const uint8_t point[32]);
void x25519_public(uint8_t public_key[32], const uint8_t secret[32]);

/* Without a hint in the time it takes where the difference is. */
bool cipher_equal(const void *a, const void *b, size_t size);
