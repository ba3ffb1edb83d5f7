/* digest: mbedTLS's cryptography, against the test vectors of its standards. */
#include "service.h"

#include <mbedtls/aes.h>
#include <mbedtls/bignum.h>
#include <mbedtls/gcm.h>
#include <mbedtls/md.h>
#include <mbedtls/pkcs5.h>

static const unsigned char key[16] = {0x2b, 0x7e, 0x15, 0x16, 0x28, 0xae, 0xd2, 0xa6,
                                      0xab, 0xf7, 0x15, 0x88, 0x09, 0xcf, 0x4f, 0x3c};

static void check_hash(mbedtls_md_type_t kind, const char *known)
{
    const mbedtls_md_info_t *info = mbedtls_md_info_from_type(kind);
    unsigned char sum[64];
    char text[129];

    mbedtls_md(info, (const unsigned char *)"abc", 3, sum);
    check_text(mbedtls_md_get_name(info), hex(text, sum, mbedtls_md_get_size(info)), known);
}

/* RFC 4231, test case 2. */
static void check_keyed(void)
{
    unsigned char sum[32];
    char text[65];
    const char *message = "what do ya want for nothing?";

    mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), (const unsigned char *)"Jefe", 4,
                    (const unsigned char *)message, strlen(message), sum);
    check_text("HMAC", hex(text, sum, 32), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

/* SP 800-38A, F.1.1 and F.2.1: the first block of each. */
static void check_cipher(void)
{
    static const unsigned char plain[16] = {0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96,
                                            0xe9, 0x3d, 0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a};
    mbedtls_aes_context aes;
    unsigned char block[16], start[16];
    char text[33];

    mbedtls_aes_init(&aes);
    mbedtls_aes_setkey_enc(&aes, key, 128);
    mbedtls_aes_crypt_ecb(&aes, MBEDTLS_AES_ENCRYPT, plain, block);
    check_text("AES block", hex(text, block, 16), "3ad77bb40d7a3660a89ecaf32466ef97");
    for (int i = 0; i < 16; i++)
        start[i] = (unsigned char)i;
    mbedtls_aes_crypt_cbc(&aes, MBEDTLS_AES_ENCRYPT, 16, start, plain, block);
    check_text("AES chained", hex(text, block, 16), "7649abac8119b246cee98e9b12e9197d");
    mbedtls_aes_free(&aes);
}

static void check_sealed(void)
{
    static const unsigned char nonce[12] = "once only..";
    static const char message[] = "nobody else reads this";
    unsigned char sealed[sizeof message], opened[sizeof message], tag[16];
    mbedtls_gcm_context gcm;

    mbedtls_gcm_init(&gcm);
    mbedtls_gcm_setkey(&gcm, MBEDTLS_CIPHER_ID_AES, key, 128);
    mbedtls_gcm_crypt_and_tag(&gcm, MBEDTLS_GCM_ENCRYPT, sizeof message, nonce, 12, NULL, 0,
                              (const unsigned char *)message, sealed, 16, tag);
    check(memcmp(sealed, message, sizeof message) != 0, "sealed");
    check(mbedtls_gcm_auth_decrypt(&gcm, sizeof message, nonce, 12, NULL, 0, tag, 16, sealed, opened) == 0 &&
          memcmp(opened, message, sizeof message) == 0, "opened");
    sealed[3] ^= 1;
    check(mbedtls_gcm_auth_decrypt(&gcm, sizeof message, nonce, 12, NULL, 0, tag, 16, sealed, opened) ==
          MBEDTLS_ERR_GCM_AUTH_FAILED, "a flipped bit is noticed");
    mbedtls_gcm_free(&gcm);
}

/* RFC 6070, test case 2. */
static void check_password(void)
{
    mbedtls_md_context_t md;
    unsigned char derived[20];
    char text[41];

    mbedtls_md_init(&md);
    mbedtls_md_setup(&md, mbedtls_md_info_from_type(MBEDTLS_MD_SHA1), 1);
    mbedtls_pkcs5_pbkdf2_hmac(&md, (const unsigned char *)"password", 8, (const unsigned char *)"salt", 4, 2, 20, derived);
    check_text("PBKDF2", hex(text, derived, 20), "ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957");
    mbedtls_md_free(&md);
}

/* The inverse of 3 modulo 2^127 - 1, by Fermat's little theorem. */
static void check_bignum(void)
{
    mbedtls_mpi prime, three, exponent, inverse;
    char text[128];
    size_t used;

    mbedtls_mpi_init(&prime), mbedtls_mpi_init(&three), mbedtls_mpi_init(&exponent), mbedtls_mpi_init(&inverse);
    mbedtls_mpi_lset(&prime, 1);
    mbedtls_mpi_shift_l(&prime, 127);
    mbedtls_mpi_sub_int(&prime, &prime, 1);
    mbedtls_mpi_lset(&three, 3);
    mbedtls_mpi_sub_int(&exponent, &prime, 2);
    mbedtls_mpi_exp_mod(&inverse, &three, &exponent, &prime, NULL);
    mbedtls_mpi_write_string(&inverse, 10, text, sizeof text, &used);
    check_text("a third modulo 2^127 - 1", text, "113427455640312821154458202477256070485");
    mbedtls_mpi_free(&prime), mbedtls_mpi_free(&three), mbedtls_mpi_free(&exponent), mbedtls_mpi_free(&inverse);
}

int main(void)
{
    printf("digest: hashes, ciphers and large numbers\n");
    check_hash(MBEDTLS_MD_MD5, "900150983cd24fb0d6963f7d28e17f72");
    check_hash(MBEDTLS_MD_SHA1, "a9993e364706816aba3e25717850c26c9cd0d89d");
    check_hash(MBEDTLS_MD_SHA256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    check_hash(MBEDTLS_MD_SHA512, "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                  "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
    check_keyed();
    check_cipher();
    check_sealed();
    check_password();
    check_bignum();
    return finish("digest");
}
