/* The zlib and gzip wrappers around a raw stream: header, checksum, trailer. */
#include "compress_internal.h"
#include "hash.h"
#include "nolibc.h"

static void put32(uint8_t *to, uint32_t value, bool big)
{
    for (unsigned i = 0; i < 4; i++)
        to[big ? 3 - i : i] = (uint8_t)(value >> 8 * i);
}

static uint32_t get32(const uint8_t *p, bool big)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < 4; i++)
        value |= (uint32_t)p[big ? 3 - i : i] << 8 * i;
    return value;
}

static const struct {
    uint8_t header[10], header_size, trailer_size;
} wrappers[] = {
    [COMPRESS_RAW] = {{0}, 0, 0},
    [COMPRESS_ZLIB] = {{0x78, 0x9c}, 2, 4},
    [COMPRESS_GZIP] = {{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255}, 10, 8},
};

size_t compress_bound(size_t size)
{
    return size + size / 8 + 256;
}

int64_t compress_deflate(enum compress_format format, int level, const void *data, size_t size,
                         void *to, size_t room)
{
    size_t header = wrappers[format].header_size, trailer = wrappers[format].trailer_size;
    uint8_t *out = to;
    int64_t body;

    if (level < 0 || level > 9)
        return -ERROR_INVALID;
    if (room < header + trailer)
        return -ERROR_TOO_LARGE;
    memcpy(out, wrappers[format].header, header);
    body = deflate_raw(level, data, size, out + header, room - header - trailer);
    if (body < 0)
        return body;
    out += header + (size_t)body;
    if (format == COMPRESS_ZLIB)
        put32(out, adler32(1, data, size), true);
    if (format == COMPRESS_GZIP) {
        put32(out, crc32(0, data, size), false);
        put32(out + 4, (uint32_t)size, false);
    }
    return body + (int64_t)(header + trailer);
}

/* Optional fields: extra data, name, comment, checksum of the header. */
static size_t gzip_header(const uint8_t *p, size_t size)
{
    size_t at = 10;

    if (size < 18 || p[0] != 0x1f || p[1] != 0x8b || p[2] != 8)
        return 0;
    if (p[3] & 4)
        at += 2 + (p[at] | (size_t)p[at + 1] << 8);
    for (unsigned flag = 8; flag <= 16; flag *= 2)
        if (p[3] & flag) {
            while (at < size && p[at] != 0)
                at++;
            at++;
        }
    at += p[3] & 2 ? 2 : 0;
    return at + 8 <= size ? at : 0;
}

static size_t zlib_header(const uint8_t *p, size_t size)
{
    bool good = size >= 6 && (p[0] & 15) == 8 && (p[0] * 256 + p[1]) % 31 == 0 && !(p[1] & 32);

    return good ? 2 : 0;
}

int64_t compress_inflate(enum compress_format format, const void *data, size_t size, void *to,
                         size_t room)
{
    size_t trailer = wrappers[format].trailer_size, header = 0, used;
    const uint8_t *p = data;
    int64_t result;

    if (format == COMPRESS_ZLIB)
        header = zlib_header(p, size);
    if (format == COMPRESS_GZIP)
        header = gzip_header(p, size);
    if (format != COMPRESS_RAW && header == 0)
        return -ERROR_SYNTAX;
    result = inflate_raw(p + header, size - header - trailer, to, room, &used);
    if (result < 0)
        return result;
    p += header + used;
    if (format == COMPRESS_ZLIB && get32(p, true) != adler32(1, to, (size_t)result))
        return -ERROR_CHECKSUM;
    if (format == COMPRESS_GZIP && (get32(p, false) != crc32(0, to, (size_t)result) ||
                                    get32(p + 4, false) != (uint32_t)result))
        return -ERROR_CHECKSUM;
    return result;
}
