/* archive: zlib, zstd and mbedTLS. One file is kept in three encodings that must all give the same digest. */
#include "service.h"

#include <mbedtls/base64.h>
#include <mbedtls/sha256.h>
#include <zlib.h>
#include <zstd.h>

enum { FILE_SIZE = 64 * 1024, ROOM = FILE_SIZE * 3 / 2 };

static unsigned char file[FILE_SIZE], packed[ROOM], unpacked[ROOM];

/* An encoding: both ways give the number of bytes written, or 0. */
struct codec {
    const char *name;
    size_t (*pack)(unsigned char *out, size_t room, const unsigned char *in, size_t size);
    size_t (*unpack)(unsigned char *out, size_t room, const unsigned char *in, size_t size);
};

static size_t zlib_pack(unsigned char *out, size_t room, const unsigned char *in, size_t size)
{
    uLong used = room;

    return compress(out, &used, in, size) == Z_OK ? used : 0;
}

static size_t zlib_unpack(unsigned char *out, size_t room, const unsigned char *in, size_t size)
{
    uLong used = room;

    return uncompress(out, &used, in, size) == Z_OK ? used : 0;
}

static size_t zstd_pack(unsigned char *out, size_t room, const unsigned char *in, size_t size)
{
    size_t used = ZSTD_compress(out, room, in, size, 9);

    return ZSTD_isError(used) ? 0 : used;
}

static size_t zstd_unpack(unsigned char *out, size_t room, const unsigned char *in, size_t size)
{
    size_t used = ZSTD_decompress(out, room, in, size);

    return ZSTD_isError(used) ? 0 : used;
}

static size_t base64_pack(unsigned char *out, size_t room, const unsigned char *in, size_t size)
{
    size_t used;

    return mbedtls_base64_encode(out, room, &used, in, size) == 0 ? used : 0;
}

static size_t base64_unpack(unsigned char *out, size_t room, const unsigned char *in, size_t size)
{
    size_t used;

    return mbedtls_base64_decode(out, room, &used, in, size) == 0 ? used : 0;
}

static const struct codec codecs[] = {
    {"zlib", zlib_pack, zlib_unpack},
    {"zstd", zstd_pack, zstd_unpack},
    {"base64", base64_pack, base64_unpack},
};

static const char *digest(const unsigned char *bytes, size_t size)
{
    static char text[65];
    unsigned char sum[32];

    mbedtls_sha256_ret(bytes, size, sum, 0);
    return hex(text, sum, sizeof sum);
}

int main(void)
{
    char known[65];

    printf("archive: one file, three encodings\n");
    for (size_t i = 0; i < sizeof file; i++)
        file[i] = (unsigned char)(i / 256 + i % 7 * (i % 256));
    strcpy(known, digest(file, sizeof file));
    check_text("digest of nothing", digest(file, 0), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size_t i = 0; i < sizeof codecs / sizeof codecs[0]; i++) {
        const struct codec *codec = &codecs[i];
        size_t small = codec->pack(packed, sizeof packed, file, sizeof file);
        size_t back = codec->unpack(unpacked, sizeof unpacked, packed, small);

        check_number(codec->name, (long long)back, FILE_SIZE);
        check_text("digest", digest(unpacked, back), known);
    }
    /* An archive within an archive. */
    size_t inner = zlib_pack(unpacked, sizeof unpacked, file, sizeof file);
    size_t outer = zstd_pack(packed, sizeof packed, unpacked, inner);
    inner = zstd_unpack(unpacked, sizeof unpacked, packed, outer);
    outer = zlib_unpack(packed, sizeof packed, unpacked, inner);
    check(outer == sizeof file && memcmp(packed, file, outer) == 0, "nested encodings open");
    return finish("archive");
}
