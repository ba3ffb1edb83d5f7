#!/usr/bin/env python3
"""Writes the tables that the libraries carry; run it from examples/Unikernels. The results are
committed, so building needs no Python. Source of the character data: the Unicode Character
Database and the codecs that come with Python."""
import html.entities
import math
import unicodedata

HEAD = "/* Made by tools/tables.py; do not edit. */\n"


def rows(values, form, width=96, indent="    "):
    lines, line = [], indent
    for value in values:
        text = form(value) + ","
        if len(line) + len(text) + 1 > width:
            lines.append(line.rstrip())
            line = indent
        line += text + " "
    lines.append(line.rstrip())
    return "\n".join(lines) + "\n"


def write(path, text):
    with open(path, "w", encoding="ascii", newline="\n") as out:
        out.write(HEAD + text)


def hex_of(digits):
    return lambda value: f"0x{value:0{digits}x}"


# --- hash ---------------------------------------------------------------------------------
def crc_tables(polynomial):
    first = []
    for i in range(256):
        for _ in range(8):
            i = i >> 1 ^ (polynomial if i & 1 else 0)
        first.append(i)
    tables = [first]
    for _ in range(7):
        tables.append([first[v & 255] ^ v >> 8 for v in tables[-1]])
    return tables


def primes_below(limit):
    sieve = bytearray([1]) * limit
    sieve[0:2] = b"\0\0"
    for i in range(2, math.isqrt(limit) + 1):
        if sieve[i]:
            sieve[i * i::i] = bytes(len(range(i * i, limit, i)))
    return [i for i in range(limit) if sieve[i]]


def root_bits(prime, degree, bits):
    """The first bits of the fractional part of a root."""
    scaled = prime << (degree * bits)
    low, high = 0, 1 << (bits + 8)
    while low < high:
        middle = (low + high + 1) // 2
        if middle ** degree <= scaled:
            low = middle
        else:
            high = middle - 1
    return low & (1 << bits) - 1


def hash_tables():
    text = "#pragma once\n#include <stdint.h>\n"
    for name, polynomial in (("crc32", 0xEDB88320), ("crc32c", 0x82F63B78)):
        text += f"\nstatic const uint32_t {name}_tables[8][256] = {{\n"
        for table in crc_tables(polynomial):
            text += "    {\n" + rows(table, hex_of(8), indent="        ") + "    },\n"
        text += "};\n"
    write("libs/hash/crc_tables.h", text)

    primes = primes_below(500)
    text = "#pragma once\n#include <stdint.h>\n"
    for name, kind, values, digits in (
            ("sha256_constants", "uint32_t", [root_bits(p, 3, 32) for p in primes[:64]], 8),
            ("sha512_constants", "uint64_t", [root_bits(p, 3, 64) for p in primes[:80]], 16),
            ("sha256_start", "uint32_t", [root_bits(p, 2, 32) for p in primes[:8]], 8),
            ("sha512_start", "uint64_t", [root_bits(p, 2, 64) for p in primes[:8]], 16),
            ("sha1_start", "uint32_t", [0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0], 8),
            ("md5_constants", "uint32_t", [int(abs(math.sin(i + 1)) * 2 ** 32) for i in range(64)], 8)):
        text += (f"\n__attribute__((unused)) static const {kind} {name}[{len(values)}] = {{\n"
                 + rows(values, hex_of(digits)) + "};\n")
    write("libs/hash/sha_tables.h", text)


# --- cipher -------------------------------------------------------------------------------
def double(x):
    return (x << 1 ^ (0x11B if x & 0x80 else 0)) & 0xFF


def multiply(a, b):
    result = 0
    while b:
        if b & 1:
            result ^= a
        a, b = double(a), b >> 1
    return result


def cipher_tables():
    box = []
    for x in range(256):
        inverse = next((y for y in range(256) if multiply(x, y) == 1), 0)
        value = 0x63
        for turn in range(5):
            value ^= (inverse << turn | inverse >> (8 - turn)) & 0xFF
        box.append(value)
    back = [box.index(x) for x in range(256)]
    text = "#pragma once\n#include <stdint.h>\n"
    for name, values in (("aes_box", box), ("aes_back", back)):
        text += f"\nstatic const uint8_t {name}[256] = {{\n" + rows(values, hex_of(2)) + "};\n"
    for name, source, factors in (("aes_forward", box, (2, 1, 1, 3)), ("aes_inverse", back, (14, 9, 13, 11))):
        text += f"\nstatic const uint32_t {name}[4][256] = {{\n"
        for turn in range(4):
            values = []
            for x in range(256):
                column = [multiply(source[x], f) for f in factors]
                column = column[-turn:] + column[:-turn] if turn else column
                values.append(sum(byte << 8 * (3 - i) for i, byte in enumerate(column)))
            text += "    {\n" + rows(values, hex_of(8), indent="        ") + "    },\n"
        text += "};\n"
    write("libs/cipher/aes_tables.h", text)


# --- bignum -------------------------------------------------------------------------------
def bignum_tables():
    primes = primes_below(32768)
    write("libs/bignum/primes.h", "#pragma once\n#include <stdint.h>\n\n"
          f"enum {{ SMALL_PRIMES = {len(primes)} }};\n\n"
          "static const uint16_t small_primes[SMALL_PRIMES] = {\n" + rows(primes, str) + "};\n")


# --- encoding -----------------------------------------------------------------------------
CODE_PAGES = ["iso8859_2", "iso8859_5", "iso8859_7", "iso8859_9", "iso8859_15", "cp437", "cp850",
              "cp852", "cp866", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257",
              "koi8_r", "koi8_u", "mac_roman"]


def encoding_tables():
    text = ("#pragma once\n#include <stdint.h>\n\n/* The upper half of each page; zero: not defined. */\n"
            f"enum {{ CODE_PAGES = {len(CODE_PAGES)} }};\n\nstatic const char *const code_page_names[CODE_PAGES] = {{\n"
            + rows(CODE_PAGES, lambda n: f'"{n.replace("_", "-")}"') + "};\n\n"
            "static const uint16_t code_pages[CODE_PAGES][128] = {\n")
    for page in CODE_PAGES:
        values = [ord(c) if c != "\ufffd" else 0
                  for c in (bytes([b]).decode(page, "replace") for b in range(128, 256))]
        text += f"    {{ /* {page} */\n" + rows(values, hex_of(4), indent="        ") + "    },\n"
    write("libs/encoding/code_pages.h", text + "};\n")


# --- template -----------------------------------------------------------------------------
def template_tables():
    entities = sorted(html.entities.name2codepoint.items())
    write("libs/template/entities.h", "#pragma once\n#include <stdint.h>\n\n"
          "static const struct entity {\n    char name[9];\n    uint16_t code;\n} entities[] = {\n"
          + rows(entities, lambda e: f'{{"{e[0]}", {e[1]}}}') + "};\n")


# --- unicode ------------------------------------------------------------------------------
CATEGORIES = ["Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps",
              "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co"]
PLANES = 0x20000


def unicode_tables():
    text = "#pragma once\n#include <stdint.h>\n"
    ranges, before = [], None
    for code in range(PLANES):
        category = CATEGORIES.index(unicodedata.category(chr(code)))
        if category != before:
            ranges.append(code << 8 | category)
            before = category
    text += ("\n/* First code point of a range << 8 | category. */\nstatic const uint32_t category_ranges[] = {\n"
             + rows(ranges, hex_of(7)) + "};\n")

    cases = []
    for code in range(PLANES):
        c = chr(code)
        upper, lower = c.upper(), c.lower()
        u = ord(upper) - code if len(upper) == 1 else 0
        d = ord(lower) - code if len(lower) == 1 else 0
        if not u and not d:
            continue
        if cases and cases[-1][1] + 1 == code and cases[-1][2:] == [u, d]:
            cases[-1][1] = code
        else:
            cases.append([code, code, u, d])
    text += ("\nstruct case_range {\n    uint32_t first, last;\n    int32_t to_upper, to_lower;\n};\n"
             "\nstatic const struct case_range case_ranges[] = {\n"
             + rows(cases, lambda c: f"{{0x{c[0]:x}, 0x{c[1]:x}, {c[2]}, {c[3]}}}") + "};\n")

    folds = []
    for code in range(PLANES):
        folded = chr(code).casefold()
        if len(folded) > 1:
            folds.append((code, [ord(c) for c in folded] + [0] * (3 - len(folded))))
    text += ("\n/* Characters whose folded form is longer than one. */\n"
             "static const struct {\n    uint16_t code, to[3];\n} long_folds[] = {\n"
             + rows(folds, lambda f: "{0x%x, {%s}}" % (f[0], ", ".join(f"0x{c:x}" for c in f[1]))) + "};\n")

    pairs = []
    for code in range(PLANES):
        parts = unicodedata.decomposition(chr(code))
        if parts and not parts.startswith("<"):
            codes = [int(p, 16) for p in parts.split()]
            excluded = unicodedata.normalize("NFC", chr(code)) != chr(code) or len(codes) == 1
            pairs.append((code, codes[0], codes[1] if len(codes) > 1 else 0, int(excluded)))
    pairs = [p for p in pairs if max(p[:3]) < 0x10000]
    text += ("\n/* Canonical decompositions inside plane 0; the last field: never composed again. */\n"
             "struct decomposition {\n    uint16_t code, first, second, excluded;\n};\n\n"
             "static const struct decomposition decompositions[] = {\n"
             + rows(pairs, lambda p: f"{{0x{p[0]:x}, 0x{p[1]:x}, 0x{p[2]:x}, {p[3]}}}") + "};\n")

    classes, before = [], 0
    for code in range(PLANES):
        value = unicodedata.combining(chr(code))
        if value != before:
            classes.append(code << 8 | value)
            before = value
    text += ("\n/* First code point of a range << 8 | combining class. */\nstatic const uint32_t combining_ranges[] = {\n"
             + rows([0] + classes, hex_of(7)) + "};\n")

    widths, before = [], 1
    for code in range(PLANES):
        c = chr(code)
        if unicodedata.category(c) in ("Mn", "Me", "Cf"):
            width = 0
        else:
            width = 2 if unicodedata.east_asian_width(c) in "WF" else 1
        if width != before:
            widths.append(code << 8 | width)
            before = width
    text += ("\n/* First code point of a range << 8 | columns on a terminal. */\nstatic const uint32_t width_ranges[] = {\n"
             + rows([1] + widths, hex_of(7)) + "};\n")
    write("libs/unicode/unicode_tables.h", text)


for make in (hash_tables, cipher_tables, bignum_tables, encoding_tables, template_tables, unicode_tables):
    make()
