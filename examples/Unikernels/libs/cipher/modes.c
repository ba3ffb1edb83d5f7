/* Modes of AES: chaining, counter, Galois/counter. */
#include "cipher.h"
#include "nolibc.h"

bool cipher_equal(const void *a, const void *b, size_t size)
{
    const volatile uint8_t *x = a, *y = b;
    uint8_t difference = 0;

    for (size_t i = 0; i < size; i++)
        difference |= x[i] ^ y[i];
    return difference == 0;
}

static void xor_into(uint8_t *to, const uint8_t *from, size_t size)
{
    for (size_t i = 0; i < size; i++)
        to[i] ^= from[i];
}

int64_t aes_cbc_encrypt(const struct aes *aes, const uint8_t iv[16], const void *data,
                        size_t size, uint8_t *to, size_t room)
{
    const uint8_t *p = data;
    size_t padded = size / 16 * 16 + 16;
    uint8_t block[16];

    if (padded > room)
        return -ERROR_TOO_LARGE;
    memcpy(block, iv, 16);
    for (size_t at = 0; at < padded; at += 16) {
        size_t left = size - at < 16 ? size - at : 16;
        xor_into(block, p + at, left);
        for (size_t i = left; i < 16; i++)
            block[i] ^= (uint8_t)(16 - left);
        aes_encrypt(aes, block, block);
        memcpy(to + at, block, 16);
    }
    return (int64_t)padded;
}

int64_t aes_cbc_decrypt(const struct aes *aes, const uint8_t iv[16], const void *data,
                        size_t size, uint8_t *to, size_t room)
{
    const uint8_t *p = data, *before = iv;
    uint8_t padding;

    if (size == 0 || size % 16 != 0)
        return -ERROR_TRUNCATED;
    if (size > room)
        return -ERROR_TOO_LARGE;
    for (size_t at = 0; at < size; before = p + at, at += 16) {
        aes_decrypt(aes, p + at, to + at);
        xor_into(to + at, before, 16);
    }
    padding = to[size - 1];
    if (padding < 1 || padding > 16)
        return -ERROR_CHECKSUM;
    for (size_t i = size - padding; i < size; i++)
        if (to[i] != padding)
            return -ERROR_CHECKSUM;
    return (int64_t)(size - padding);
}

static void count_up(uint8_t counter[16], unsigned bytes)
{
    for (unsigned i = 16; i-- > 16 - bytes && ++counter[i] == 0;)
        ;
}

static void counter_mode(const struct aes *aes, uint8_t counter[16], unsigned width, uint8_t *p,
                         size_t size)
{
    uint8_t stream[16];

    while (size > 0) {
        size_t take = size < 16 ? size : 16;
        aes_encrypt(aes, counter, stream);
        count_up(counter, width);
        xor_into(p, stream, take);
        p += take;
        size -= take;
    }
}

void aes_ctr(const struct aes *aes, const uint8_t counter[16], void *data, size_t size)
{
    uint8_t copy[16];

    memcpy(copy, counter, 16);
    counter_mode(aes, copy, 16, data, size);
}

/* Multiplication in the field of 2^128 elements, bit by bit. */
static void field_multiply(uint8_t x[16], const uint8_t h[16])
{
    uint8_t sum[16] = {0}, v[16];

    memcpy(v, h, 16);
    for (unsigned bit = 0; bit < 128; bit++) {
        uint8_t mask = (uint8_t)(0 - (x[bit / 8] >> (7 - bit % 8) & 1)), carry = v[15] & 1;
        for (unsigned i = 0; i < 16; i++)
            sum[i] ^= v[i] & mask;
        for (unsigned i = 15; i > 0; i--)
            v[i] = (uint8_t)(v[i] >> 1 | v[i - 1] << 7);
        v[0] = (uint8_t)(v[0] >> 1 ^ (carry ? 0xe1 : 0));
    }
    memcpy(x, sum, 16);
}

static void field_add(uint8_t sum[16], const uint8_t h[16], const uint8_t *p, size_t size)
{
    while (size > 0) {
        size_t take = size < 16 ? size : 16;
        xor_into(sum, p, take);
        field_multiply(sum, h);
        p += take;
        size -= take;
    }
}

static void gcm_tag(const struct aes *aes, const uint8_t nonce[12], const void *extra,
                    size_t extra_size, const void *data, size_t size, uint8_t tag[16])
{
    uint8_t h[16] = {0}, sum[16] = {0}, lengths[16], start[16] = {0};

    aes_encrypt(aes, h, h);
    field_add(sum, h, extra, extra_size);
    field_add(sum, h, data, size);
    for (unsigned i = 0; i < 8; i++) {
        lengths[i] = (uint8_t)((uint64_t)extra_size * 8 >> (56 - 8 * i));
        lengths[8 + i] = (uint8_t)((uint64_t)size * 8 >> (56 - 8 * i));
    }
    field_add(sum, h, lengths, 16);
    memcpy(start, nonce, 12);
    start[15] = 1;
    aes_encrypt(aes, start, tag);
    xor_into(tag, sum, 16);
}

static void gcm_stream(const struct aes *aes, const uint8_t nonce[12], void *data, size_t size)
{
    uint8_t counter[16] = {0};

    memcpy(counter, nonce, 12);
    counter[15] = 2; /* 1 encrypts the tag */
    counter_mode(aes, counter, 4, data, size);
}

void aes_gcm_seal(const struct aes *aes, const uint8_t nonce[12], const void *extra,
                  size_t extra_size, void *data, size_t size, uint8_t tag[16])
{
    gcm_stream(aes, nonce, data, size);
    gcm_tag(aes, nonce, extra, extra_size, data, size, tag);
}

bool aes_gcm_open(const struct aes *aes, const uint8_t nonce[12], const void *extra,
                  size_t extra_size, void *data, size_t size, const uint8_t tag[16])
{
    uint8_t expected[16];

    gcm_tag(aes, nonce, extra, extra_size, data, size, expected);
    if (!cipher_equal(tag, expected, 16))
        return false;
    gcm_stream(aes, nonce, data, size);
    return true;
}
