/* unicode: properties of characters, case, normal forms, columns. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum unicode_category {
    UNICODE_CN, UNICODE_LU, UNICODE_LL, UNICODE_LT, UNICODE_LM, UNICODE_LO, UNICODE_MN,
    UNICODE_MC, UNICODE_ME, UNICODE_ND, UNICODE_NL, UNICODE_NO, UNICODE_PC, UNICODE_PD,
    UNICODE_PS, UNICODE_PE, UNICODE_PI, UNICODE_PF, UNICODE_PO, UNICODE_SM, UNICODE_SC,
    UNICODE_SK, UNICODE_SO, UNICODE_ZS, UNICODE_ZL, UNICODE_ZP, UNICODE_CC, UNICODE_CF,
    UNICODE_CS, UNICODE_CO
};

enum unicode_category unicode_category(uint32_t code);
const char *unicode_category_name(enum unicode_category category); /* "Lu" */
bool unicode_is_letter(uint32_t code);
bool unicode_is_mark(uint32_t code);
bool unicode_is_space(uint32_t code);
unsigned unicode_combining_class(uint32_t code);
unsigned unicode_width(uint32_t code); /* columns on a terminal: 0, 1 or 2 */
uint32_t unicode_to_upper(uint32_t code);
uint32_t unicode_to_lower(uint32_t code);

/* Text in UTF-8, zero-terminated. Results are minus an error when they do not fit. */
int64_t unicode_upper(const char *text, char *to, size_t room);
int64_t unicode_lower(const char *text, char *to, size_t room);
int64_t unicode_title(const char *text, char *to, size_t room);
int64_t unicode_fold(const char *text, char *to, size_t room);
int64_t unicode_nfd(const char *text, char *to, size_t room);
int64_t unicode_nfc(const char *text, char *to, size_t room);
bool unicode_equal_folded(const char *a, const char *b);
size_t unicode_columns(const char *text);
size_t unicode_graphemes(const char *text); /* what a reader takes for one character */
/* Letters of all scripts without their marks, as in "Ångström" to "Angstrom". */
int64_t unicode_strip_marks(const char *text, char *to, size_t room);

/* Visits the words of a text: runs of letters, marks and digits. */
typedef void (*unicode_word)(void *context, const char *word, size_t size);
size_t unicode_words(const char *text, unicode_word visit, void *context);
