/* An 8080 runs programs that were assembled here; pictures are drawn from what they compute. */
#include "crc.h"
#include "emu.h"
#include "heap.h"
#include "kiln.h"
#include "libc.h"
#include "log.h"
#include "math.h"
#include "raster.h"
#include "vfs.h"

static struct emu machine;
static char output[512];
static size_t output_size;

static void out(uint8_t port, uint8_t value)
{
    if (port == 1 && output_size + 1 < sizeof output)
        output[output_size++] = (char)value;
}

static uint8_t in(uint8_t port) { return (uint8_t)(port * 3); }

static const char sieve[] =
    "        lxi sp,0f000h\n"
    "        lxi h,1000h      ; flags of the numbers 0 to 255\n"
    "        mvi b,0\n"
    "clear:  mvi m,1\n"
    "        inx h\n"
    "        inr b\n"
    "        jnz clear\n"
    "        mvi c,2\n"
    "next:   mov a,c\n"
    "        cpi 16\n"
    "        jnc print\n"
    "        mov l,c\n"
    "        mvi h,10h\n"
    "        mov a,m\n"
    "        ora a\n"
    "        jz skip\n"
    "        mov a,c\n"
    "        add a\n"
    "strike: mov l,a\n"
    "        mvi m,0\n"
    "        add c\n"
    "        jnc strike\n"
    "skip:   inr c\n"
    "        jmp next\n"
    "print:  lxi h,1002h\n"
    "more:   mov a,m\n"
    "        ora a\n"
    "        mov a,l\n"
    "        cnz number\n"
    "        inr l\n"
    "        jnz more\n"
    "        mvi a,10\n"
    "        out 1\n"
    "        hlt\n"
    "number: push h\n"
    "        mvi d,0          ; hundreds and tens by subtraction\n"
    "        lxi h,100\n"
    "        call digit\n"
    "        lxi h,10\n"
    "        call digit\n"
    "        adi '0'\n"
    "        out 1\n"
    "        mvi a,' '\n"
    "        out 1\n"
    "        pop h\n"
    "        ret\n"
    "digit:  mvi e,'0'\n"
    "minus:  cmp l\n"
    "        jc done\n"
    "        sub l\n"
    "        inr e\n"
    "        jmp minus\n"
    "done:   push psw\n"
    "        mov a,e\n"
    "        cpi '0'\n"
    "        jnz show\n"
    "        mov a,d\n"
    "        ora a\n"
    "        jz hide\n"
    "show:   mov a,e\n"
    "        out 1\n"
    "        mvi d,1\n"
    "hide:   pop psw\n"
    "        ret\n";

static const char life[] =
    "        lxi sp,0f000h    ; sixteen bits of rule 90, sixty steps, at 2000h\n"
    "        lxi h,2000h\n"
    "        mvi m,1\n"
    "        inx h\n"
    "        mvi m,0\n"
    "        inx h\n"
    "        mvi b,60\n"
    "step:   push b\n"
    "        lxi d,0fffeh\n"
    "        push h\n"
    "        dad d\n"
    "        mov e,m\n"
    "        inx h\n"
    "        mov d,m          ; de: the last row\n"
    "        mov a,e\n"
    "        add a\n"
    "        mov c,a\n"
    "        mov a,d\n"
    "        ral\n"
    "        mov b,a          ; bc: shifted left\n"
    "        ora a\n"
    "        mov a,d\n"
    "        rar\n"
    "        mov d,a\n"
    "        mov a,e\n"
    "        rar\n"
    "        mov e,a          ; de: shifted right\n"
    "        mov a,c\n"
    "        xra e\n"
    "        pop h\n"
    "        mov m,a\n"
    "        inx h\n"
    "        mov a,b\n"
    "        xra d\n"
    "        mov m,a\n"
    "        inx h\n"
    "        pop b\n"
    "        dcr b\n"
    "        jnz step\n"
    "        in 7\n"
    "        out 1\n"
    "        hlt\n";

/* Every operation code once, with fixed registers: the flags and results of all of them go into one checksum. */
static void all_codes(void)
{
    uint32_t crc = 0;

    for (int code = 0; code < 256; code++)
        for (int round = 0; round < 8; round++) {
            emu_reset(&machine);
            memset(machine.memory, 0, 64);
            machine.a = (uint8_t)(round * 37 + 9);
            machine.b = 0x81, machine.c = (uint8_t)(round * 17), machine.d = 0x30, machine.e = 0xff, machine.h = 0x20, machine.l = (uint8_t)(round + 3);
            machine.flags = (uint8_t)(2 | (round & 1) | (round & 2) << 3 | (round & 4) << 5);
            machine.sp = 0x4000;
            machine.pc = 16;
            machine.memory[16] = (uint8_t)code;
            machine.memory[17] = (uint8_t)(round * 51);
            machine.memory[18] = 0x21;
            machine.memory[0x2003 + round] = 0x9c;
            emu_run(&machine, 1);
            crc = crc32(crc, &machine, offsetof(struct emu, steps));
            crc = crc32(crc, machine.memory + 0x2000, 512);
            crc = crc32(crc, machine.memory + 0x3ff0, 32);
        }
    printf("all operation codes: crc %08x\n", crc);
}

static void run(const char *name, const char *source)
{
    char error[80], path[32];
    int size;

    memset(&machine, 0, sizeof machine);
    emu_reset(&machine);
    machine.out = out;
    machine.in = in;
    output_size = 0;
    if ((size = emu_assemble(&machine, source, error, sizeof error)) < 0)
        kiln_panic("%s: %s", name, error);
    snprintf(path, sizeof path, "/%s.com", name);
    if (vfs_store(path, machine.memory, (size_t)size) != 0)
        kiln_panic("%s: %s", path, strerror(errno));
    if (!emu_run(&machine, 1000000))
        kiln_panic("%s does not end", name);
    output[output_size] = '\0';
    printf("%s: %d bytes, crc %08x, %lu steps\n", name, size, crc32(0, machine.memory, (size_t)size), machine.steps);
}

static void mandelbrot(struct raster *r)
{
    for (int y = 0; y < r->height; y++)
        for (int x = 0; x < r->width; x++) {
            double cx = -2.1 + 3.0 * x / r->width, cy = -1.2 + 2.4 * y / r->height, zx = 0, zy = 0;
            int n = 0;
            for (; n < 96 && zx * zx + zy * zy < 4; n++) {
                double t = zx * zx - zy * zy + cx;
                zy = 2 * zx * zy + cy;
                zx = t;
            }
            raster_set(r, x, y, n == 96 ? 255 : (uint8_t)(255 * log(1 + n) / log(97)));
        }
}

int app_main(void)
{
    struct raster r;
    char error[80];

    if (vfs_mount("/", "ramfs") != 0)
        kiln_panic("no files");
    all_codes();
    run("sieve", sieve);
    printf("%s", output);
    run("life", life);
    if (raster_make(&r, 78, 60) != 0)
        kiln_panic("no memory");
    for (int y = 0; y < 60; y++)
        for (int x = 0; x < 16; x++)
            raster_set(&r, x, y, machine.memory[0x2000 + y * 2 + x / 8] >> x % 8 & 1 ? 255 : 0);
    raster_text(&r, 22, 2, "KILN 8080", 255);
    raster_circle(&r, 46, 34, 20, 160);
    raster_fill(&r, 46, 34, 90);
    raster_line(&r, 22, 12, 77, 59, 255);
    raster_show(&r);
    raster_free(&r);
    raster_make(&r, 72, 44);
    mandelbrot(&r);
    raster_dither(&r);
    raster_show(&r);
    printf("picture: crc %08x\n", crc32(0, r.pixels, 72 * 44));
    if (emu_assemble(&machine, "start: mvi a,1\n frob\n", error, sizeof error) >= 0)
        kiln_panic("nonsense was assembled");
    log_error("%s", error);
    return 0;
}
