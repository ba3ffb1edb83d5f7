/* keys: hashes, ciphers and key exchange, checked against published test vectors. */
#include "app.h"
#include "cipher.h"
#include "encoding.h"
#include "hash.h"
#include "random.h"

static const char *hex(const void *data, size_t size)
{
    static char text[4][161];
    static unsigned turn;
    char *to = text[turn++ % 4];

    hex_encode(data, size, to, sizeof text[0]);
    return to;
}

static void from_hex(const char *text, uint8_t *to)
{
    hex_decode(text, strlen(text), to, strlen(text) / 2);
}

static void show_hashes(void)
{
    static const char *const expected[HASH_KINDS] = {
        "900150983cd24fb0d6963f7d28e17f72",
        "a9993e364706816aba3e25717850c26c9cd0d89d",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23"
        "a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de"
        "4533cc9518d38aa8dbf1925ab92386edd4009923",
    };
    uint8_t digest[HASH_MAX_SIZE], parts[HASH_MAX_SIZE];
    char data[1000];

    console_puts("hashes of abc");
    for (int kind = 0; kind < HASH_KINDS; kind++) {
        hash_data(kind, "abc", 3, digest);
        check_text(hash_name(kind), hex(digest, hash_size(kind)), expected[kind]);
    }
    for (unsigned i = 0; i < sizeof data; i++)
        data[i] = (char)(i * 7);
    for (int kind = 0; kind < HASH_KINDS; kind++) {
        struct hash_state state;
        bool same = true;
        for (size_t cut = 0; cut <= sizeof data; cut += 37) {
            hash_data(kind, data, sizeof data, digest);
            hash_start(&state, kind);
            hash_add(&state, data, cut);
            hash_add(&state, data + cut, sizeof data - cut);
            hash_finish(&state, parts);
            same &= memcmp(digest, parts, hash_size(kind)) == 0;
        }
        check(same, "is the same in two parts");
    }
}

static void show_checksums(void)
{
    static const uint8_t key[16] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    uint8_t data[15];

    for (uint8_t i = 0; i < 15; i++)
        data[i] = i;
    console_puts("checksums");
    check_number("crc32", crc32(0, "123456789", 9), 0xcbf43926);
    check_number("crc32c", crc32c(0, "123456789", 9), 0xe3069283);
    check_number("crc16", crc16(0xffff, "123456789", 9), 0x29b1);
    check_number("adler32", adler32(1, "Wikipedia", 9), 0x11e60398);
    check_number("fnv1a32", fnv1a32("foobar", 6), 0xbf9cf968);
    check(fnv1a64("foobar", 6) == 0x85944171f73967e8, "fnv1a64");
    check(siphash24(key, data, 15) == 0xa129ca6149be45e5, "siphash");
    check(xxhash64(0, "", 0) == 0xef46db3751d8e999, "xxhash of nothing");
    check(xxhash64(0, "abc", 3) == 0x44bc2cf5ad770999, "xxhash of abc");
    check_number("murmur3", murmur32(0, "test", 4), 0xba6bd213);
}

static void show_keyed(void)
{
    uint8_t out[64];

    console_puts("keyed hashes");
    hmac(HASH_SHA256, "Jefe", 4, "what do ya want for nothing?", 28, out);
    check_text("hmac", hex(out, 32), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    pbkdf2(HASH_SHA1, "password", "salt", 4, 2, out, 20);
    check_text("pbkdf2", hex(out, 20), "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
    hkdf(HASH_SHA256, "salt", 4, "input", 5, "info", 4, out, 42);
    check_text("hkdf", hex(out, 42), "03b71afba4762882c6b8fe78cd35c97abf3d25fccfb7165a867ba25c026e35e416fe9e7fd68585d5ccc2");
}

static void show_aes(void)
{
    static const char *const expected[] = {"69c4e0d86a7b0430d8cdb78070b4c55a",
                                           "dda97ca4864cdfe06eaf70a0ec0d7191",
                                           "8ea2b7ca516745bfeafc49904b496089"};
    uint8_t key[32], plain[16], block[16], tag[16], data[64];
    struct aes aes;

    console_puts("AES");
    for (uint8_t i = 0; i < 32; i++)
        key[i] = i;
    for (uint8_t i = 0; i < 16; i++)
        plain[i] = (uint8_t)(i * 0x11);
    for (unsigned i = 0; i < 3; i++) {
        aes_key(&aes, key, 16 + 8 * i);
        aes_encrypt(&aes, plain, block);
        check_text("encrypted", hex(block, 16), expected[i]);
        aes_decrypt(&aes, block, block);
        check(memcmp(block, plain, 16) == 0, "and decrypted");
    }
    for (size_t size = 0; size < 48; size += 5) {
        uint8_t back[64];
        int64_t packed = aes_cbc_encrypt(&aes, plain, key, size % 32, data, sizeof data);
        if (aes_cbc_decrypt(&aes, plain, data, (size_t)packed, back, sizeof back) != (int64_t)(size % 32) ||
            memcmp(back, key, size % 32) != 0)
            check(false, "CBC");
    }
    memset(key, 0, 32);
    memset(data, 0, 16);
    aes_key(&aes, key, 16);
    aes_gcm_seal(&aes, key, NULL, 0, data, 16, tag);
    check_text("gcm text", hex(data, 16), "0388dace60b6a392f328c2b971b2fe78");
    check_text("gcm tag", hex(tag, 16), "ab6e47d42cec13bdf53a67b21257bddf");
    check(aes_gcm_open(&aes, key, NULL, 0, data, 16, tag), "it opens");
    tag[3] ^= 4;
    check(!aes_gcm_open(&aes, key, NULL, 0, data, 16, tag), "not with another tag");
}

static void show_chacha(void)
{
    static const char text[] = "Ladies and Gentlemen of the class of '99: If I could offer you "
                               "only one tip for the future, sunscreen would be it.";
    uint8_t key[32], nonce[12], extra[12], tag[16];
    char data[sizeof text];

    console_puts("ChaCha20-Poly1305");
    from_hex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b", key);
    poly1305(key, "Cryptographic Forum Research Group", 34, tag);
    check_text("poly1305", hex(tag, 16), "a8061dc1305136c6c22b8baf0c0127a9");
    for (uint8_t i = 0; i < 32; i++)
        key[i] = 0x80 + i;
    from_hex("070000004041424344454647", nonce);
    from_hex("50515253c0c1c2c3c4c5c6c7", extra);
    memcpy(data, text, sizeof text);
    chacha_seal(key, nonce, extra, 12, data, sizeof text - 1, tag);
    check_text("first bytes", hex(data, 16), "d31a8d34648e60db7b86afbc53ef7ec2");
    check_text("tag", hex(tag, 16), "1ae10b594f09e26a7e902ecbd0600691");
    check(chacha_open(key, nonce, extra, 12, data, sizeof text - 1, tag), "it opens");
    check(memcmp(data, text, sizeof text) == 0, "the text is back");
}

static void show_exchange(void)
{
    uint8_t alice[32], bob[32], alice_public[32], bob_public[32], one[32], two[32];

    console_puts("X25519");
    random_bytes(alice, 32);
    random_bytes(bob, 32);
    x25519_public(alice_public, alice);
    x25519_public(bob_public, bob);
    x25519(one, alice, bob_public);
    x25519(two, bob, alice_public);
    check(memcmp(one, two, 32) == 0, "both sides have the same secret");
    from_hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4", alice);
    from_hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c", bob);
    x25519(one, alice, bob);
    check_text("product", hex(one, 32), "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552");
}

static void show_random(void)
{
    unsigned counts[6] = {0};
    char uuid[37];
    bool even = true;

    console_puts("random numbers");
    for (unsigned i = 0; i < 6000; i++)
        counts[random_below(6)]++;
    for (unsigned i = 0; i < 6; i++)
        even &= counts[i] > 900 && counts[i] < 1100;
    check(even, "a die is fair");
    random_uuid(uuid);
    check(uuid[14] == '4' && strlen(uuid) == 36, "a UUID of version 4");
    random_seed("again", 5);
    random_uuid(uuid);
    console_printf("  %s\n", uuid);
}

static int keys_main(void)
{
    show_hashes();
    show_checksums();
    show_keyed();
    show_aes();
    show_chacha();
    show_exchange();
    show_random();
    return failures;
}

APP_DESCRIPTOR("keys", keys_main, NULL);
