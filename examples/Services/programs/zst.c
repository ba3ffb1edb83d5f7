/* zst: zstd. Compression in one call, in frames of a stream, and with a trained dictionary. */
#include "service.h"

#include <zdict.h>
#include <zstd.h>

enum { RECORDS = 2000, RECORD_ROOM = 120 };

static char records[RECORDS * RECORD_ROOM], packed[RECORDS * RECORD_ROOM + 1000], unpacked[RECORDS * RECORD_ROOM];
static size_t sizes[RECORDS], total;

/* Many small records that resemble each other: what a dictionary is for. */
static void make_records(void)
{
    static const char *const states[] = {"ready", "running", "stopped", "failed"};
    unsigned seed = 11;

    for (int i = 0; i < RECORDS; i++) {
        int size = sprintf(records + total, "{\"unit\":\"service-%u\",\"state\":\"%s\",\"restarts\":%u,\"memory\":%u}",
                           service_random(&seed) % 5000, states[service_random(&seed) % 4],
                           service_random(&seed) % 10, service_random(&seed) % 1000000);
        sizes[i] = (size_t)size;
        total += (size_t)size;
    }
}

static void check_levels(void)
{
    static const int levels[] = {-5, 1, 3, 19};

    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        size_t size = ZSTD_compress(packed, sizeof packed, records, total, levels[i]);
        bool good = !ZSTD_isError(size) && size < total / 2;
        char what[40];

        good &= ZSTD_getFrameContentSize(packed, size) == total;
        good &= ZSTD_decompress(unpacked, sizeof unpacked, packed, size) == total;
        good &= memcmp(records, unpacked, total) == 0;
        snprintf(what, sizeof what, "level %d there and back", levels[i]);
        check(good, what);
    }
}

static void check_stream(void)
{
    ZSTD_CCtx *writer = ZSTD_createCCtx();
    ZSTD_DCtx *reader = ZSTD_createDCtx();
    ZSTD_inBuffer in = {records, total, 0};
    ZSTD_outBuffer out = {packed, sizeof packed, 0};

    ZSTD_CCtx_setParameter(writer, ZSTD_c_checksumFlag, 1);
    ZSTD_CCtx_setParameter(writer, ZSTD_c_enableLongDistanceMatching, 1);
    size_t left = 1;
    while (left != 0 && !ZSTD_isError(left)) {
        out.size = out.pos + 1000 < sizeof packed ? out.pos + 1000 : sizeof packed;
        left = ZSTD_compressStream2(writer, &out, &in, ZSTD_e_end);
    }
    check(left == 0 && in.pos == total, "written as a stream");
    size_t size = out.pos;
    ZSTD_inBuffer back = {packed, size, 0};
    ZSTD_outBuffer text = {unpacked, sizeof unpacked, 0};
    check(ZSTD_decompressStream(reader, &text, &back) == 0 && text.pos == total, "read as a stream");
    packed[size - 1] ^= 1;
    size_t broken = ZSTD_decompress(unpacked, sizeof unpacked, packed, size);
    check_text("a wrong checksum", ZSTD_getErrorName(broken), "Restored data doesn't match checksum");
    ZSTD_freeCCtx(writer);
    ZSTD_freeDCtx(reader);
}

/* One record by itself, with and without a dictionary that was trained on all of them. */
static void check_dictionary(void)
{
    static char dictionary[8192], back[RECORD_ROOM];
    ZSTD_CCtx *writer = ZSTD_createCCtx();
    ZSTD_DCtx *reader = ZSTD_createDCtx();
    size_t trained = ZDICT_trainFromBuffer(dictionary, sizeof dictionary, records, sizes, RECORDS);

    check(!ZDICT_isError(trained) && ZDICT_getDictID(dictionary, trained) != 0, "a dictionary is trained");
    size_t alone = ZSTD_compress(packed, sizeof packed, records, sizes[0], 3);
    size_t with = ZSTD_compress_usingDict(writer, packed, sizeof packed, records, sizes[0], dictionary, trained, 3);
    check(!ZSTD_isError(with) && with * 2 < alone, "it halves a small record");
    size_t size = ZSTD_decompress_usingDict(reader, back, sizeof back, packed, with, dictionary, trained);
    check(size == sizes[0] && memcmp(back, records, size) == 0, "the record is back");
    printf("  %.*s\n", (int)size, back);
    ZSTD_freeCCtx(writer);
    ZSTD_freeDCtx(reader);
}

int main(void)
{
    printf("zst: compression with zstd\n");
    make_records();
    check_levels();
    check_stream();
    check_dictionary();
    return finish("zst");
}
