/* text: Unicode, character sets and patterns. */
#include "alloc.h"
#include "app.h"
#include "encoding.h"
#include "regex.h"
#include "unicode.h"

static char out[256];

static const char *result(int64_t length)
{
    return length < 0 ? error_name((int)-length) : out;
}

static void show_unicode(void)
{
    console_puts("Unicode");
    check_text("upper", result(unicode_upper("straße, čeština, ελλάδα", out, sizeof out)), "STRASSE, ČEŠTINA, ΕΛΛΆΔΑ");
    check_text("lower", result(unicode_lower("ÀÉÎÕÜ ŁÓDŹ МОСКВА", out, sizeof out)), "àéîõü łódź москва");
    check_text("title", result(unicode_title("the éclair of ångström", out, sizeof out)), "The Éclair Of Ångström");
    check(unicode_equal_folded("Straße ΣΊΣΥΦΟΣ", "STRASSE σίσυφος"), "folded texts are equal");
    check_text("without marks", result(unicode_strip_marks("Ångström, Škoda, naïve, Việt", out, sizeof out)), "Angstrom, Skoda, naive, Viet");
    unicode_nfd("é한", out, sizeof out);
    check_number("bytes decomposed", (int64_t)strlen(out), 12);
    check_text("composed", result(unicode_nfc("e\u0301 \u1112\u1161\u11ab a\u0323\u0302", out, sizeof out)), "é 한 ậ");
    check_number("columns", (int64_t)unicode_columns("abc 漢字 e\u0301"), 10);
    check_number("graphemes", (int64_t)unicode_graphemes("e\u0301🇩🇪👩\u200d🚀!"), 4);
    check_text("category of A", unicode_category_name(unicode_category('A')), "Lu");
    check_text("category of the euro", unicode_category_name(unicode_category(0x20ac)), "Sc");
    check_text("category of a digit", unicode_category_name(unicode_category(0x0663)), "Nd");
    check(unicode_is_space(0x3000) && !unicode_is_space('x'), "spaces");
}

/* Every assigned character must survive decomposition and composition. */
static void check_normal_forms(void)
{
    char one[8], two[64], three[64];
    unsigned different = 0;

    for (uint32_t code = 0xc0; code < 0x2000; code++) {
        size_t size = utf8_encode(code, one);
        one[size] = '\0';
        if (unicode_category(code) == UNICODE_CN)
            continue;
        unicode_nfd(one, two, sizeof two);
        unicode_nfc(two, three, sizeof three);
        unicode_nfc(one, two, sizeof two);
        different += strcmp(two, three) != 0;
    }
    check_number("characters that change", different, 0);
}

static void show_encodings(void)
{
    static const uint8_t cyrillic[] = {0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2};
    uint8_t bytes[64];
    uint16_t units[32];
    struct url url;
    int64_t size;

    console_puts("encodings");
    check_text("cp1251", result(code_page_decode(code_page_find("cp1251"), cyrillic, 6, out, sizeof out)), "Привет");
    size = code_page_encode(code_page_find("koi8-r"), out, strlen(out), bytes, sizeof bytes);
    hex_encode(bytes, (size_t)size, out, sizeof out);
    check_text("koi8-r", out, "f0d2c9d7c5d4");
    base64_encode("Many hands make light work.", 27, out, sizeof out, false);
    check_text("base64", out, "TWFueSBoYW5kcyBtYWtlIGxpZ2h0IHdvcmsu");
    size = base64_decode(out, strlen(out), bytes, sizeof bytes);
    check(size == 27 && memcmp(bytes, "Many hands", 10) == 0, "and back");
    base32_encode("foobar", 6, out, sizeof out);
    check_text("base32", out, "MZXW6YTBOI======");
    check_number("wrong base64", base64_decode("a?b=", 4, bytes, 8), -ERROR_SYNTAX);
    quoted_printable_encode("Füße = 100%", 13, out, sizeof out);
    check_text("quoted-printable", out, "F=C3=BC=C3=9Fe =3D 100%");
    size = utf8_to_utf16("a€😀", 8, units, 32);
    check_number("units of UTF-16", size, 4);
    check_text("and back", result(utf16_to_utf8(units, 4, out, sizeof out)), "a€😀");
    check(!utf8_valid("\xc0\xaf", 2) && !utf8_valid("\xed\xa0\x80", 3) && !utf8_valid("\xf5\x80\x80\x80", 4), "bad UTF-8 is refused");
    check(url_parse("https://ada@Example.org:8443/a/b?q=1&r=%20#top", &url), "a URL");
    check_text("host", url.host, "example.org");
    check_number("port", url.port, 8443);
    check_text("again", result(url_format(&url, out, sizeof out)), "https://ada@example.org:8443/a/b?q=1&r=%20#top");
}

static void show_patterns(void)
{
    static const struct {
        const char *pattern, *text;
        int start, end;
    } cases[] = {
        {"a(b|c)*d", "xxabcbcdxx", 2, 8}, {"^\\d{3}-\\d{4}$", "555-1234", 0, 8},
        {"(a+)(a+)", "aaaa", 0, 4}, {"a+?", "aaa", 0, 1}, {"[^aeiou\\s]+", "aei xyz", 4, 7},
        {"\\bcat\\b", "concat cat", 7, 10}, {"(x?){5}x{5}", "xxxxx", 0, 5}, {"a{2,3}", "aaaa", 0, 3},
        {"colou?r", "the color", 4, 9}, {"(?:ab)+", "zababab", 1, 7}, {"[a-f0-9]+$", "cafe babe", 5, 9},
        {"x*", "aaa", 0, 0}, {"(foo|foobar)(bar)?", "foobar", 0, 6}, {"q", "none", -1, -1},
        {"(a|b|)*c", "abac", 0, 4}, {"[]x]+", "a]x]", 1, 4},
    };
    const char *error;

    console_puts("patterns");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct regex *regex = regex_compile(cases[i].pattern, 0, &error);
        struct regex_match match = {{-1}, {-1}};
        bool found = regex != NULL && regex_search(regex, cases[i].text, strlen(cases[i].text), 0, &match);
        check(found == (cases[i].start >= 0) && (!found || (match.start[0] == cases[i].start &&
              match.end[0] == cases[i].end)), cases[i].pattern);
        regex_free(regex);
    }
    check(regex_compile("(a", 0, &error) == NULL, error);
    check(regex_compile("*a", 0, &error) == NULL, error);
    check(regex_compile("[z-a]", 0, &error) == NULL, error);
}

static void show_replacing(void)
{
    struct regex *date = regex_compile("(\\d{4})-(\\d{2})-(\\d{2})", 0, NULL);
    struct regex *word = regex_compile("\\w+", REGEX_IGNORE_CASE, NULL);
    struct regex *slow = regex_compile("(a*)*b", 0, NULL);

    console_puts("replacing");
    regex_replace(date, "from 2024-05-17 to 2024-06-01.", "$3.$2.$1", out, sizeof out);
    check_text("dates", out, "from 17.05.2024 to 01.06.2024.");
    check_number("words", (int64_t)regex_count(word, "to be or not to be"), 6);
    check(!regex_full_match(slow, "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"), "nested stars take no time");
    regex_free(date);
    regex_free(word);
    regex_free(slow);
}

static int text_main(void)
{
    show_unicode();
    check_normal_forms();
    show_encodings();
    show_patterns();
    show_replacing();
    check(alloc_check(), "the heap is in order");
    return failures;
}

APP_DESCRIPTOR("text", text_main, NULL);
