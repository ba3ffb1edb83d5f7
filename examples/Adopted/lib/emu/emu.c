#include "emu_internal.h"
#include "libc.h"

void emu_reset(struct emu *x)
{
    x->b = x->c = x->d = x->e = x->h = x->l = x->a = 0;
    x->flags = ONE;
    x->sp = x->pc = 0;
    x->halted = false;
    x->steps = 0;
}

bool emu_run(struct emu *x, uint64_t steps)
{
    for (; steps > 0 && !x->halted; steps--) {
        emu_opcodes[fetch(x)](x);
        x->steps++;
    }
    return x->halted;
}
