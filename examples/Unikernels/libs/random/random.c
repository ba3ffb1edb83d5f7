/* The system's generator: ChaCha20 output whose first half becomes the next key. */
#include "nolibc.h"
#include "random.h"

static uint8_t key[32], pool[512];
static size_t available;

static void refill(void)
{
    static const uint8_t nonce[12];

    for (uint32_t i = 0; i < sizeof pool / 64; i++)
        chacha20_block(key, i, nonce, pool + 64 * i);
    memcpy(key, pool, sizeof key);
    memset(pool, 0, sizeof key);
    available = sizeof pool - sizeof key;
}

void random_seed(const void *seed, size_t size)
{
    const uint8_t *p = seed;

    memset(key, 0, sizeof key);
    for (size_t i = 0; i < size; i++) {
        key[i % sizeof key] ^= p[i];
        if (i % sizeof key == sizeof key - 1)
            refill();
    }
    refill();
}

__attribute__((constructor)) static void random_init(void)
{
    static const char seed[] = "the same seed in every guest";

    random_seed(seed, sizeof seed - 1);
}

void random_bytes(void *to, size_t size)
{
    uint8_t *p = to;

    while (size > 0) {
        size_t take;
        if (available == 0)
            refill();
        take = size < available ? size : available;
        memcpy(p, pool + sizeof pool - available, take);
        memset(pool + sizeof pool - available, 0, take);
        available -= take;
        p += take;
        size -= take;
    }
}

uint64_t random_u64(void)
{
    uint64_t value;

    random_bytes(&value, sizeof value);
    return value;
}

/* Values in the incomplete last interval would favour small results: drawn again. */
uint64_t random_below(uint64_t limit)
{
    uint64_t value, reject;

    if (limit < 2)
        return 0;
    reject = (0 - limit) % limit;
    do
        value = random_u64();
    while (value < reject);
    return value % limit;
}

int64_t random_range(int64_t low, int64_t high)
{
    uint64_t span = (uint64_t)high - (uint64_t)low + 1;

    return (int64_t)((uint64_t)low + (span == 0 ? random_u64() : random_below(span)));
}

void random_shuffle(void *base, size_t count, size_t size)
{
    char *items = base;

    for (size_t i = count; i > 1; i--) {
        char *a = items + (i - 1) * size, *b = items + random_below(i) * size;
        for (size_t k = 0; k < size; k++) {
            char c = a[k];
            a[k] = b[k];
            b[k] = c;
        }
    }
}

size_t random_weighted(const uint32_t *weights, size_t count)
{
    uint64_t total = 0, point;

    for (size_t i = 0; i < count; i++)
        total += weights[i];
    point = random_below(total);
    for (size_t i = 0; i < count; i++) {
        if (point < weights[i])
            return i;
        point -= weights[i];
    }
    return count - 1;
}

/* The sum of twelve uniform values has a variance of one. */
int64_t random_normal(int64_t scale)
{
    int64_t sum = 0;

    for (unsigned i = 0; i < 12; i++)
        sum += (int64_t)(random_u64() >> 44);
    return (sum - 6 * (1 << 20)) * scale / (1 << 20);
}

void random_text(char *to, size_t length, const char *alphabet)
{
    size_t letters = strlen(alphabet);

    for (size_t i = 0; i < length; i++)
        to[i] = alphabet[random_below(letters)];
    to[length] = '\0';
}

void random_uuid(char text[37])
{
    uint8_t b[16];

    random_bytes(b, sizeof b);
    b[6] = (b[6] & 0x0f) | 0x40;
    b[8] = (b[8] & 0x3f) | 0x80;
    snprintf(text, 37, "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
             b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12],
             b[13], b[14], b[15]);
}
