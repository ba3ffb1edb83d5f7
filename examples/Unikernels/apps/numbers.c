/* numbers: arithmetic with large numbers, and a key pair made from primes. */
#include "app.h"
#include "bignum.h"
#include "random.h"

static const char *decimal(const struct bignum *n)
{
    static char text[1300];

    return big_format(n, 10, text, sizeof text) == 0 ? "?" : text;
}

static void show_arithmetic(void)
{
    struct bignum a, b, c;

    console_puts("arithmetic");
    big_set(&a, 2);
    big_power(&b, &a, 521);
    big_set(&c, 1);
    big_subtract(&b, &b, &c);
    check_text("2^521 - 1", decimal(&b),
               "6864797660130609714981900799081393217269435300143305409394463459185543183397656052122"
               "559640661454554977296311391480858037121987999716643812574028291115057151");
    check(big_is_prime(&b), "is prime");
    big_factorial(&a, 50);
    check_text("50!", decimal(&a), "30414093201713378043612608166064768844377641568960512000000000000");
    big_parse(&a, "123456789012345678901234567890123456789", 10);
    big_parse(&b, "987654321098765432109876543210", 10);
    big_divide(&c, &a, &a, &b);
    check_text("quotient", decimal(&c), "124999998");
    check_text("rest", decimal(&a), "850308642085030864208626543209");
    big_set(&a, 2);
    big_set(&b, 10);
    big_power(&b, &b, 80);
    big_multiply(&a, &a, &b);
    big_root(&c, &a);
    check_text("square root of 2", decimal(&c), "14142135623730950488016887242096980785696");
    big_parse(&a, "zyxw", 36);
    check_text("zyxw in base 36", decimal(&a), "1678244");
}

/* (a / b) * b + a % b is a, for numbers of all lengths. */
static void check_division(void)
{
    struct bignum a, b, quotient, rest, back;
    bool good = true;

    for (unsigned i = 0; i < 500; i++) {
        a.count = 1 + (unsigned)random_below(40);
        b.count = 1 + (unsigned)random_below(20);
        random_bytes(a.words, a.count * 4);
        random_bytes(b.words, b.count * 4);
        /* Extreme words make the guesses of the division go wrong. */
        for (unsigned k = 0; i % 3 == 0 && k < a.count; k++)
            a.words[k] = random_below(2) ? 0xffffffff : 0x80000000;
        a.words[a.count - 1] |= 1;
        b.words[b.count - 1] |= 1u << (i % 32);
        big_divide(&quotient, &rest, &a, &b);
        big_multiply(&back, &quotient, &b);
        big_add(&back, &back, &rest);
        good &= big_compare(&back, &a) == 0 && big_compare(&rest, &b) < 0;
    }
    check(good, "500 divisions hold");
}

static void show_primes(void)
{
    struct bignum n, factor;
    uint16_t factors[64];
    size_t count;

    console_puts("primes");
    big_set(&n, 1000000);
    big_next_prime(&n, &n);
    check_text("after a million", decimal(&n), "1000003");
    big_parse(&n, "100000000000000000000000000000", 10);
    big_next_prime(&n, &n);
    check_text("after 10^29", decimal(&n), "100000000000000000000000000319");
    big_parse(&n, "340561", 10);
    check(!big_is_prime(&n), "a Carmichael number does not pass");
    big_factorial(&n, 20);
    big_set(&factor, 32749);
    big_multiply(&n, &n, &factor);
    count = big_small_factors(&n, factors, 64);
    check_number("factors of 20! * 32749", (int64_t)count, 37);
    check_number("the largest", factors[count - 1], 32749);
    check_text("what is left", decimal(&n), "1");
}

static void random_prime(struct bignum *prime, unsigned bits)
{
    prime->count = bits / 32;
    random_bytes(prime->words, bits / 8);
    prime->words[prime->count - 1] |= 0xc0000000;
    big_next_prime(prime, prime);
}

static void show_rsa(void)
{
    struct bignum p, q, n, phi, e, d, one, message, secret, back;

    console_puts("RSA");
    random_prime(&p, 256);
    random_prime(&q, 256);
    big_multiply(&n, &p, &q);
    big_set(&one, 1);
    big_subtract(&p, &p, &one);
    big_subtract(&q, &q, &one);
    big_multiply(&phi, &p, &q);
    big_set(&e, 65537);
    check(big_inverse(&d, &e, &phi), "the exponent has an inverse");
    check_number("bits", big_bits(&n), 512);
    big_parse(&message, "attackatdawn", 36);
    big_power_mod(&secret, &message, &e, &n);
    check(big_compare(&secret, &message) != 0, "encrypted");
    big_power_mod(&back, &secret, &d, &n);
    check(big_compare(&back, &message) == 0, "decrypted");
    big_gcd(&one, &e, &phi);
    check_text("greatest common divisor", decimal(&one), "1");
}

/* Machin's formula with whole numbers. */
static void arctangent(struct bignum *sum, const struct bignum *unity, uint32_t x)
{
    struct bignum power = *unity, term;

    big_divide_small(&power, x);
    *sum = power;
    for (uint32_t n = 3; !big_is_zero(&power); n += 2) {
        big_divide_small(&power, x * x);
        term = power;
        big_divide_small(&term, n);
        if (n % 4 == 3)
            big_subtract(sum, sum, &term);
        else
            big_add(sum, sum, &term);
    }
}

static void show_pi(void)
{
    struct bignum ten, unity, a, b;

    console_puts("pi");
    big_set(&ten, 10);
    big_power(&unity, &ten, 210);
    arctangent(&a, &unity, 5);
    arctangent(&b, &unity, 239);
    big_multiply_small(&a, 16, 0);
    big_multiply_small(&b, 4, 0);
    big_subtract(&a, &a, &b);
    big_power(&unity, &ten, 10);
    big_divide(&a, NULL, &a, &unity);
    check_text("200 digits", decimal(&a), 
               "314159265358979323846264338327950288419716939937510582097494459230781640628620899862803482"
               "534211706798214808651328230664709384460955058223172535940812848111745028410270193852110555"
               "964462294895493038196");
}

static int numbers_main(void)
{
    show_arithmetic();
    check_division();
    show_primes();
    show_rsa();
    show_pi();
    return failures;
}

APP_DESCRIPTOR("numbers", numbers_main, NULL);
