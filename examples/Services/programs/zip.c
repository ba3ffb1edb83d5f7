/* zip: zlib. Checksums, one-shot and streamed compression, and the gzip format. */
#include "service.h"

#include <zlib.h>

enum { TEXT_SIZE = 200000 };

static unsigned char text[TEXT_SIZE], packed[TEXT_SIZE + 1000], unpacked[TEXT_SIZE];

static void make_text(void)
{
    static const char *const words[] = {"slot ", "page ", "image ", "library ", "fleet ", "table "};
    unsigned seed = 7;
    size_t used = 0;

    while (used + 8 < sizeof text) {
        const char *word = words[service_random(&seed) % 6];

        memcpy(text + used, word, strlen(word));
        used += strlen(word);
    }
    memset(text + used, '.', sizeof text - used);
}

static void check_sums(void)
{
    const unsigned char *digits = (const unsigned char *)"123456789";

    check_number("crc32 of the digits", (long long)crc32(0, digits, 9), 0xcbf43926);
    check_number("adler32 of the digits", (long long)adler32(1, digits, 9), 0x091e01de);
    uLong first = crc32(0, text, 1000), second = crc32(0, text + 1000, 2000);
    check(crc32_combine(first, second, 2000) == crc32(0, text, 3000), "checksums combine");
}

static void check_levels(void)
{
    uLong before = 0;

    for (int level = 1; level <= 9; level += 4) {
        uLong size = sizeof packed, back = sizeof unpacked;
        char what[40];

        bool good = compress2(packed, &size, text, sizeof text, level) == Z_OK;
        good &= uncompress(unpacked, &back, packed, size) == Z_OK;
        good &= back == sizeof text && memcmp(text, unpacked, back) == 0;
        good &= size < sizeof text / 4 && (before == 0 || size <= before);
        before = size;
        snprintf(what, sizeof what, "level %d there and back", level);
        check(good, what);
    }
    packed[before / 2] ^= 1;
    uLong back = sizeof unpacked;
    check(uncompress(unpacked, &back, packed, before) != Z_OK, "a flipped bit is noticed");
}

/* Packs in the gzip format with a small window of output at a time. */
static size_t gzip_stream(void)
{
    z_stream stream = {0};
    size_t used = 0;
    int state = Z_OK;

    if (deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return 0;
    stream.next_in = text;
    stream.avail_in = sizeof text;
    while (state == Z_OK) {
        stream.next_out = packed + used;
        stream.avail_out = 512;
        state = deflate(&stream, Z_FINISH);
        used += 512 - stream.avail_out;
    }
    deflateEnd(&stream);
    return state == Z_STREAM_END ? used : 0;
}

static void check_gzip(void)
{
    z_stream stream = {0};
    size_t size = gzip_stream();

    check(size > 18 && packed[0] == 0x1f && packed[1] == 0x8b, "gzip header");
    check(inflateInit2(&stream, 15 + 32) == Z_OK, "format is detected");
    stream.next_out = unpacked;
    stream.avail_out = sizeof unpacked;
    int state = Z_OK;
    for (size_t at = 0; at < size && state == Z_OK; at++) {
        stream.next_in = packed + at;
        stream.avail_in = 1;
        state = inflate(&stream, Z_NO_FLUSH);
    }
    check(state == Z_STREAM_END && stream.total_out == sizeof text, "unpacked byte by byte");
    check(memcmp(text, unpacked, sizeof text) == 0, "the text is back");
    inflateEnd(&stream);
}

int main(void)
{
    printf("zip: checksums and compression with zlib\n");
    make_text();
    check_sums();
    check_levels();
    check_gzip();
    return finish("zip");
}
