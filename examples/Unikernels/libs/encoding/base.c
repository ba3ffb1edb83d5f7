/* Base 64, 32, 85 and 16. */
#include "encoding.h"
#include "nolibc.h"

static const char alphabet64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char alphabet32[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* Values of characters, filled once; 0xff: not in the alphabet. */
static uint8_t values64[256], values32[256];

__attribute__((constructor)) static void base_init(void)
{
    memset(values64, 0xff, sizeof values64);
    memset(values32, 0xff, sizeof values32);
    for (uint8_t i = 0; i < 64; i++)
        values64[(uint8_t)alphabet64[i]] = i;
    values64['-'] = 62;
    values64['_'] = 63;
    for (uint8_t i = 0; i < 32; i++) {
        values32[(uint8_t)alphabet32[i]] = i;
        values32[(uint8_t)tolower(alphabet32[i])] = i;
    }
}

/* Cuts bytes into groups of bits; the last one is filled up with zeros. */
static int64_t encode_bits(const uint8_t *p, size_t size, unsigned width, const char *alphabet,
                           unsigned group, bool pad, char *to, size_t room)
{
    uint32_t bits = 0;
    unsigned count = 0;
    size_t length = 0;

    if (room < (size * 8 / width + group + 1))
        return -ERROR_TOO_LARGE;
    for (size_t i = 0; i < size; i++) {
        bits = bits << 8 | p[i];
        for (count += 8; count >= width; count -= width)
            to[length++] = alphabet[bits >> (count - width) & ((1u << width) - 1)];
    }
    if (count > 0)
        to[length++] = alphabet[bits << (width - count) & ((1u << width) - 1)];
    while (pad && length % group != 0)
        to[length++] = '=';
    to[length] = '\0';
    return (int64_t)length;
}

static int64_t decode_bits(const char *text, size_t size, unsigned width, const uint8_t *values,
                           uint8_t *to, size_t room)
{
    uint32_t bits = 0;
    unsigned count = 0;
    size_t length = 0;

    while (size > 0 && text[size - 1] == '=')
        size--;
    for (size_t i = 0; i < size; i++) {
        uint8_t value = values[(uint8_t)text[i]];
        if (text[i] == '\n' || text[i] == '\r')
            continue;
        if (value == 0xff)
            return -ERROR_SYNTAX;
        bits = bits << width | value;
        count += width;
        if (count >= 8) {
            if (length == room)
                return -ERROR_TOO_LARGE;
            count -= 8;
            to[length++] = (uint8_t)(bits >> count);
        }
    }
    if (count >= width || (bits & ((1u << count) - 1)) != 0)
        return -ERROR_SYNTAX; /* bits that belong to no byte */
    return (int64_t)length;
}

int64_t base64_encode(const void *data, size_t size, char *to, size_t room, bool url)
{
    int64_t length = encode_bits(data, size, 6, alphabet64, 4, !url, to, room);

    for (int64_t i = 0; url && i < length; i++)
        to[i] = to[i] == '+' ? '-' : to[i] == '/' ? '_' : to[i];
    return length;
}

int64_t base64_decode(const char *text, size_t size, void *to, size_t room)
{
    return decode_bits(text, size, 6, values64, to, room);
}

int64_t base32_encode(const void *data, size_t size, char *to, size_t room)
{
    return encode_bits(data, size, 5, alphabet32, 8, true, to, room);
}

int64_t base32_decode(const char *text, size_t size, void *to, size_t room)
{
    return decode_bits(text, size, 5, values32, to, room);
}

int64_t hex_encode(const void *data, size_t size, char *to, size_t room)
{
    return encode_bits(data, size, 4, "0123456789abcdef", 1, false, to, room);
}

int64_t hex_decode(const char *text, size_t size, void *to, size_t room)
{
    uint8_t *out = to;

    if (size % 2 != 0)
        return -ERROR_SYNTAX;
    if (size / 2 > room)
        return -ERROR_TOO_LARGE;
    for (size_t i = 0; i < size; i += 2) {
        char pair[3] = {text[i], text[i + 1]}, *end;
        if (!isxdigit((unsigned char)pair[0]))
            return -ERROR_SYNTAX;
        out[i / 2] = (uint8_t)strtoul(pair, &end, 16);
        if (*end != '\0')
            return -ERROR_SYNTAX;
    }
    return (int64_t)(size / 2);
}

int64_t ascii85_encode(const void *data, size_t size, char *to, size_t room)
{
    const uint8_t *p = data;
    size_t length = 0;

    if (room < size / 4 * 5 + 6)
        return -ERROR_TOO_LARGE;
    while (size > 0) {
        size_t count = size < 4 ? size : 4;
        uint32_t word = 0;
        for (size_t i = 0; i < 4; i++)
            word = word << 8 | (i < count ? p[i] : 0);
        if (word == 0 && count == 4) {
            to[length++] = 'z';
        } else {
            for (size_t i = 5; i-- > 0; word /= 85)
                if (i <= count)
                    to[length + i] = (char)('!' + word % 85);
            length += count + 1;
        }
        p += count;
        size -= count;
    }
    to[length] = '\0';
    return (int64_t)length;
}
