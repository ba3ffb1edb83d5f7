/* Cryptography against published vectors, large numbers, and the records for unwinding. */
#include "bignum.h"
#include "crc.h"
#include "crypto.h"
#include "heap.h"
#include "kiln.h"
#include "libc.h"
#include "log.h"
#include "sortnet.h"
#include "unwind.h"

static void print_hex(const char *name, const uint8_t *bytes, size_t size)
{
    printf("%-10s", name);
    for (size_t i = 0; i < size; i++)
        printf("%02x", bytes[i]);
    printf("\n");
}

static void from_hex(uint8_t *to, const char *hex)
{
    for (; *hex != '\0'; hex += 2) {
        char two[3] = {hex[0], hex[1], 0};
        *to++ = (uint8_t)strtoul(two, NULL, 16);
    }
}

static void hashes(void)
{
    uint8_t digest[64];
    char *many = malloc(1000000);

    sha256("abc", 3, digest);
    print_hex("sha256", digest, 32);
    sha512("abc", 3, digest);
    print_hex("sha512", digest, 64);
    memset(many, 'a', 1000000);
    sha256(many, 1000000, digest);
    print_hex("million", digest, 32);
    free(many);
    hmac_sha256("Jefe", 4, "what do ya want for nothing?", 28, digest);
    print_hex("hmac", digest, 32);
    hkdf_sha256("secret", 6, "kiln keys", digest, 42);
    print_hex("hkdf", digest, 42);
}

static void ciphers(void)
{
    uint8_t key[32], nonce[12], tag[16], block[16], counter[16];
    char text[] = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    struct aes aes;

    for (int i = 0; i < 32; i++)
        key[i] = (uint8_t)i;
    from_hex(nonce, "000000000000004a00000000");
    chacha20(key, nonce, 1, (uint8_t *)text, sizeof text - 1);
    print_hex("chacha20", (uint8_t *)text, 32);
    chacha20(key, nonce, 1, (uint8_t *)text, sizeof text - 1);
    from_hex(key, "85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");
    poly1305(key, "Cryptographic Forum Research Group", 34, tag);
    print_hex("poly1305", tag, 16);
    seal_box(key, nonce, (uint8_t *)text, sizeof text - 1, tag);
    print_hex("box", tag, 16);
    text[3] ^= 1;
    printf("a changed box: %s\n", open_box(key, nonce, (uint8_t *)text, sizeof text - 1, tag) ? "opened" : "refused");
    text[3] ^= 1;
    printf("the box: %s\n", open_box(key, nonce, (uint8_t *)text, sizeof text - 1, tag) ? text : "refused");
    for (unsigned bits = 128; bits <= 256; bits += 64) {
        for (int i = 0; i < 32; i++)
            key[i] = (uint8_t)i;
        from_hex(block, "00112233445566778899aabbccddeeff");
        aes_expand(&aes, key, bits);
        aes_encrypt(&aes, block, block);
        print_hex(bits == 128 ? "aes128" : bits == 192 ? "aes192" : "aes256", block, 16);
    }
    memset(counter, 0xff, 16);
    memset(text, 0, 40);
    aes_ctr(&aes, counter, (uint8_t *)text, 40);
    print_hex("aes-ctr", (uint8_t *)text, 40);
}

static void exchange(void)
{
    uint8_t base[32] = {9}, alice[32], bob[32], a[32], b[32], ab[32], ba[32];

    from_hex(alice, "77076d0a7318a57d3c16c17251b26645c6c2f6c929b1600b79c7a0a6c7e9f1d2");
    from_hex(bob, "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
    x25519(a, alice, base);
    x25519(b, bob, base);
    print_hex("bob", b, 32);
    x25519(ab, alice, b);
    x25519(ba, bob, a);
    print_hex("shared", ab, 32);
    printf("both agree: %s\n", memcmp(ab, ba, 32) == 0 ? "yes" : "no");
}

static void numbers(void)
{
    struct big p, q, n, phi, one, e, d, m, c;
    char text[400];

    big_set(&one, 1);
    big_set(&e, 65537);
    big_from_text(&p, "170141183460469231731687303715884105727");
    big_from_text(&q, "20988936657440586486151264256610222593863921");
    printf("primes: %d %d %d\n", big_prime(&p), big_prime(&q), big_prime(&e));
    big_mul(&n, &p, &q);
    big_to_text(&n, text, sizeof text);
    printf("n = %s (%u bits)\n", text, big_bits(&n));
    big_sub(&p, &p, &one);
    big_sub(&q, &q, &one);
    big_mul(&phi, &p, &q);
    if (!big_inverse(&d, &e, &phi))
        kiln_panic("no inverse");
    big_from_text(&m, "0x48656c6c6f2c206b65797321");
    big_pow_mod(&c, &m, &e, &n);
    big_to_text(&c, text, sizeof text);
    printf("encrypted %s\n", text);
    big_pow_mod(&c, &c, &d, &n);
    printf("decrypted: %s\n", big_compare(&c, &m) == 0 ? "the same" : "something else");
    big_set(&m, 1);
    for (uint64_t i = 2; i <= 60; i++) {
        big_set(&c, i);
        big_mul(&m, &m, &c);
    }
    big_to_text(&m, text, sizeof text);
    printf("60! = %s\n", text);
}

int app_main(void)
{
    uint64_t start, size, words[32], scratch[32];

    hashes();
    ciphers();
    exchange();
    numbers();
    printf("app_main has a record: %s; records: %s; depth: %u\n",
           unwind_find((uint64_t)app_main, &start, &size) && start == (uint64_t)app_main ? "yes" : "no",
           unwind_records() > 50 ? "many" : "few", unwind_depth());
    for (int i = 0; i < 32; i++)
        words[i] = random();
    sort_words(words, 32, scratch);
    printf("sorted random numbers: crc %08x\n", crc32(0, words, sizeof words));
    log_info("done");
    return 0;
}
