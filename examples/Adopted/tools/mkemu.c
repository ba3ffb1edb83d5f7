/* Writes one function for each of the 256 operation codes of the 8080, and their names for the assembler. */
#include <stdio.h>
#include <string.h>

static const char *const registers[8] = {"b", "c", "d", "e", "h", "l", "m", "a"};
static const char *const pairs[4][2] = {{"b", "c"}, {"d", "e"}, {"h", "l"}, {"", ""}};
static const char *const conditions[8] = {"nz", "z", "nc", "c", "po", "pe", "p", "m"};
static const char *const tests[8] = {"!(x->flags & ZERO)", "x->flags & ZERO", "!(x->flags & CARRY)", "x->flags & CARRY",
                                     "!(x->flags & PARITY)", "x->flags & PARITY", "!(x->flags & SIGN)", "x->flags & SIGN"};
static const char *const operations[8] = {"add", "adc", "sub", "sbb", "ana", "xra", "ora", "cmp"};
static const char *const immediates[8] = {"adi", "aci", "sui", "sbi", "ani", "xri", "ori", "cpi"};
static char names[256][16];

static const char *place(int r)
{
    static char text[4][40];
    static int next;
    char *to = text[next++ & 3];

    if (r == 6)
        strcpy(to, "x->memory[pair(x->h, x->l)]");
    else
        sprintf(to, "x->%s", registers[r]);
    return to;
}

static const char *pair_of(int p)
{
    static char text[40];

    if (p == 3)
        strcpy(text, "x->sp");
    else
        sprintf(text, "pair(x->%s, x->%s)", pairs[p][0], pairs[p][1]);
    return text;
}

static void set_pair(int p, const char *value)
{
    if (p == 3)
        printf("    x->sp = (uint16_t)(%s);\n", value);
    else
        printf("    uint16_t v = (uint16_t)(%s);\n    x->%s = (uint8_t)(v >> 8);\n    x->%s = (uint8_t)v;\n", value, pairs[p][0], pairs[p][1]);
}

static void arithmetic(int operation, const char *value)
{
    switch (operation) {
    case 0: printf("    add(x, %s, 0);\n", value); break;
    case 1: printf("    add(x, %s, x->flags & CARRY);\n", value); break;
    case 2: printf("    x->a = minus(x, %s, 0);\n", value); break;
    case 3: printf("    x->a = minus(x, %s, x->flags & CARRY);\n", value); break;
    case 4: printf("    uint8_t v = %s;\n    logic(x, x->a & v, ((x->a | v) & 8) << 1);\n", value); break;
    case 5: printf("    logic(x, x->a ^ %s, 0);\n", value); break;
    case 6: printf("    logic(x, x->a | %s, 0);\n", value); break;
    case 7: printf("    minus(x, %s, 0);\n", value); break;
    }
}

static const char *name(int code, const char *format, const char *a, const char *b)
{
    sprintf(names[code], format, a, b);
    return names[code];
}

static void low(int code)
{
    static const char *const single[8] = {"rlc", "rrc", "ral", "rar", "daa", "cma", "stc", "cmc"};
    static const char *const bodies[8] = {
        "x->flags = (uint8_t)((x->flags & ~CARRY) | x->a >> 7);\n    x->a = (uint8_t)(x->a << 1 | x->a >> 7);",
        "x->flags = (uint8_t)((x->flags & ~CARRY) | (x->a & 1));\n    x->a = (uint8_t)(x->a >> 1 | x->a << 7);",
        "uint8_t c = x->flags & CARRY;\n    x->flags = (uint8_t)((x->flags & ~CARRY) | x->a >> 7);\n    x->a = (uint8_t)(x->a << 1 | c);",
        "uint8_t c = x->flags & CARRY;\n    x->flags = (uint8_t)((x->flags & ~CARRY) | (x->a & 1));\n    x->a = (uint8_t)(x->a >> 1 | c << 7);",
        "uint8_t by = 0, carry = x->flags & CARRY;\n    if ((x->flags & HALF) || (x->a & 15) > 9)\n        by = 6;\n"
        "    if (carry || x->a > 0x99) {\n        by |= 0x60;\n        carry = CARRY;\n    }\n    add(x, by, 0);\n"
        "    x->flags = (uint8_t)((x->flags & ~CARRY) | carry);",
        "x->a = (uint8_t)~x->a;", "x->flags |= CARRY;", "x->flags ^= CARRY;"};
    int p = code >> 4, r = code >> 3;
    const char *pair_name = p == 3 ? "sp" : pairs[p][0];
    char value[80];

    switch (code & 7) {
    case 0: name(code, code == 0 ? "nop" : "", "", ""); break;
    case 1:
        if (code & 8) {
            name(code, "dad %s%s", pair_name, "");
            printf("    unsigned sum = (unsigned)pair(x->h, x->l) + %s;\n    x->h = (uint8_t)(sum >> 8);\n    x->l = (uint8_t)sum;\n"
                   "    x->flags = (uint8_t)((x->flags & ~CARRY) | (sum >> 16));\n", pair_of(p));
        } else {
            name(code, "lxi %s,@%s", pair_name, "");
            set_pair(p, "fetch2(x)");
        }
        break;
    case 2:
        if (code < 0x20) {
            name(code, code & 8 ? "ldax %s%s" : "stax %s%s", pair_name, "");
            printf(code & 8 ? "    x->a = x->memory[%s];\n" : "    x->memory[%s] = x->a;\n", pair_of(p));
        } else if (code < 0x30) {
            name(code, code & 8 ? "lhld @" : "shld @", "", "");
            printf(code & 8 ? "    uint16_t v = load2(x, fetch2(x));\n    x->h = (uint8_t)(v >> 8);\n    x->l = (uint8_t)v;\n"
                            : "    store2(x, fetch2(x), pair(x->h, x->l));\n");
        } else {
            name(code, code & 8 ? "lda @" : "sta @", "", "");
            printf(code & 8 ? "    x->a = x->memory[fetch2(x)];\n" : "    x->memory[fetch2(x)] = x->a;\n");
        }
        break;
    case 3:
        name(code, code & 8 ? "dcx %s%s" : "inx %s%s", pair_name, "");
        sprintf(value, "%s %s 1", pair_of(p), code & 8 ? "-" : "+");
        set_pair(p, value);
        break;
    case 4: case 5:
        name(code, (code & 1) ? "dcr %s%s" : "inr %s%s", registers[r], "");
        printf("    %s = step(x, %s, %d);\n", place(r), place(r), (code & 1) ? -1 : 1);
        break;
    case 6:
        name(code, "mvi %s,#%s", registers[r], "");
        printf("    %s = fetch(x);\n", place(r));
        break;
    case 7:
        name(code, "%s%s", single[r], "");
        printf("    %s\n", bodies[r]);
        break;
    }
}

static void high(int code)
{
    int c = code >> 3 & 7, p = code >> 4 & 3;
    const char *pair_name = p == 3 ? "psw" : pairs[p][0];

    switch (code & 7) {
    case 0:
        name(code, "r%s%s", conditions[c], "");
        printf("    if (%s)\n        x->pc = pop(x);\n", tests[c]);
        return;
    case 1:
        if (!(code & 8)) {
            name(code, "pop %s%s", pair_name, "");
            if (p == 3)
                printf("    uint16_t v = pop(x);\n    x->a = (uint8_t)(v >> 8);\n    x->flags = (uint8_t)((v & 0xd5) | ONE);\n");
            else
                set_pair(p, "pop(x)");
        } else if (code == 0xc9) {
            name(code, "ret", "", "");
            printf("    x->pc = pop(x);\n");
        } else if (code == 0xe9) {
            name(code, "pchl", "", "");
            printf("    x->pc = pair(x->h, x->l);\n");
        } else if (code == 0xf9) {
            name(code, "sphl", "", "");
            printf("    x->sp = pair(x->h, x->l);\n");
        }
        return;
    case 2:
        name(code, "j%s @%s", conditions[c], "");
        printf("    uint16_t to = fetch2(x);\n    if (%s)\n        x->pc = to;\n", tests[c]);
        return;
    case 3:
        switch (code) {
        case 0xc3: name(code, "jmp @", "", ""); printf("    x->pc = fetch2(x);\n"); break;
        case 0xd3: name(code, "out #", "", ""); printf("    uint8_t port = fetch(x);\n    if (x->out)\n        x->out(port, x->a);\n"); break;
        case 0xdb: name(code, "in #", "", ""); printf("    uint8_t port = fetch(x);\n    x->a = x->in ? x->in(port) : 0xff;\n"); break;
        case 0xe3:
            name(code, "xthl", "", "");
            printf("    uint16_t v = load2(x, x->sp);\n    store2(x, x->sp, pair(x->h, x->l));\n    x->h = (uint8_t)(v >> 8);\n    x->l = (uint8_t)v;\n");
            break;
        case 0xeb:
            name(code, "xchg", "", "");
            printf("    uint8_t h = x->h, l = x->l;\n    x->h = x->d;\n    x->l = x->e;\n    x->d = h;\n    x->e = l;\n");
            break;
        case 0xf3: name(code, "di", "", ""); break;
        case 0xfb: name(code, "ei", "", ""); break;
        }
        return;
    case 4:
        name(code, "c%s @%s", conditions[c], "");
        printf("    uint16_t to = fetch2(x);\n    if (%s) {\n        push(x, x->pc);\n        x->pc = to;\n    }\n", tests[c]);
        return;
    case 5:
        if (!(code & 8)) {
            name(code, "push %s%s", pair_name, "");
            if (p == 3)
                printf("    push(x, pair(x->a, x->flags));\n");
            else
                printf("    push(x, %s);\n", pair_of(p));
        } else if (code == 0xcd) {
            name(code, "call @", "", "");
            printf("    uint16_t to = fetch2(x);\n    push(x, x->pc);\n    x->pc = to;\n");
        }
        return;
    case 6:
        name(code, "%s #%s", immediates[c], "");
        arithmetic(c, "fetch(x)");
        return;
    case 7: {
        char digit[2] = {(char)('0' + c), 0};
        name(code, "rst %s%s", digit, "");
        printf("    push(x, x->pc);\n    x->pc = %d;\n", c * 8);
    }
    }
}

int main(void)
{
    printf("/* Written by tools/mkemu.c. */\n#include \"emu/emu_internal.h\"\n");
    for (int code = 0; code < 256; code++) {
        int to = code >> 3 & 7, from = code & 7;
        printf("\nstatic void op%02x(struct emu *x)\n{\n    (void)x;\n", code);
        if (code < 0x40) {
            low(code);
        } else if (code == 0x76) {
            name(code, "hlt", "", "");
            printf("    x->halted = true;\n");
        } else if (code < 0x80) {
            name(code, "mov %s,%s", registers[to], registers[from]);
            printf("    %s = %s;\n", place(to), place(from));
        } else if (code < 0xc0) {
            name(code, "%s %s", operations[to], registers[from]);
            arithmetic(to, place(from));
        } else {
            high(code);
        }
        printf("}\n");
    }
    printf("\nconst emu_opcode emu_opcodes[256] = {");
    for (int code = 0; code < 256; code++)
        printf("%sop%02x,", code % 16 == 0 ? "\n    " : " ", code);
    printf("\n};\n\nconst char *const emu_names[256] = {");
    for (int code = 0; code < 256; code++)
        printf("%s\"%s\",", code % 8 == 0 ? "\n    " : " ", names[code]);
    printf("\n};\n");
    return 0;
}
