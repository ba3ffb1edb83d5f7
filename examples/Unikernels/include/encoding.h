/* encoding: bytes as text, and text in other character sets. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All return the length of the result, or minus an error; room counts the final zero. */
int64_t base64_encode(const void *data, size_t size, char *to, size_t room, bool url);
int64_t base64_decode(const char *text, size_t size, void *to, size_t room); /* both alphabets */
int64_t base32_encode(const void *data, size_t size, char *to, size_t room);
int64_t base32_decode(const char *text, size_t size, void *to, size_t room);
int64_t ascii85_encode(const void *data, size_t size, char *to, size_t room);
int64_t hex_encode(const void *data, size_t size, char *to, size_t room);
int64_t hex_decode(const char *text, size_t size, void *to, size_t room);

int64_t url_encode(const char *text, size_t size, char *to, size_t room);
int64_t url_decode(const char *text, size_t size, char *to, size_t room, bool plus_is_space);

struct url {
    char scheme[16], user[32], host[128], path[256], query[256], fragment[64];
    uint16_t port; /* 0: the scheme's own */
};
bool url_parse(const char *text, struct url *url);
int64_t url_format(const struct url *url, char *to, size_t room);

/* UTF-8. Decoding takes at most size bytes and returns how many, 0 if they are invalid. */
size_t utf8_decode(const char *text, size_t size, uint32_t *code);
size_t utf8_encode(uint32_t code, char to[4]); /* 0: not a character */
bool utf8_valid(const char *text, size_t size);
size_t utf8_count(const char *text, size_t size);
int64_t utf16_to_utf8(const uint16_t *units, size_t count, char *to, size_t room);
int64_t utf8_to_utf16(const char *text, size_t size, uint16_t *to, size_t room);

/* Eight-bit code pages, by names such as "cp1252" and "koi8-r". */
int code_page_find(const char *name);
int64_t code_page_decode(int page, const uint8_t *data, size_t size, char *to, size_t room);
int64_t code_page_encode(int page, const char *text, size_t size, uint8_t *to, size_t room);

int64_t quoted_printable_encode(const char *text, size_t size, char *to, size_t room);
int64_t quoted_printable_decode(const char *text, size_t size, char *to, size_t room);

/* Comma-separated values: one line into fields, in place. Returns how many. */
int csv_split(char *line, char **fields, size_t room);
