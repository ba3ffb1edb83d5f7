/* The interrupt descriptor table, and what happens at an exception. */
#include "boot_internal.h"
#include "console.h"
#include "cpu.h"
#include "nolibc.h"

struct gate {
    uint16_t offset_low, selector;
    uint8_t stack, type;
    uint16_t offset_middle;
    uint32_t offset_high, reserved;
};

struct __attribute__((packed)) table_pointer {
    uint16_t limit;
    uint64_t base;
};

struct __attribute__((packed)) task_state {
    uint32_t reserved0;
    uint64_t privilege_stacks[3];
    uint64_t reserved1;
    uint64_t interrupt_stacks[7];
    uint64_t reserved2;
    uint16_t reserved3, io_map;
};

enum { CODE_SELECTOR = 0x08, TASK_SELECTOR = 0x18, INTERRUPT_GATE = 0x8e, FAULT_STACK = 1 };

extern uint64_t boot_gdt[];
extern const uint64_t boot_trap_stubs[TRAP_COUNT];

static struct gate gates[TRAP_COUNT];
static struct task_state task;
static trap_handler handlers[TRAP_COUNT];
/* A double fault often means that the normal stack is gone. */
static uint8_t fault_stack[4096] __attribute__((aligned(16)));

static const char *const trap_names[TRAP_COUNT] = {
    "divide error", "debug", "non-maskable interrupt", "breakpoint", "overflow",
    "bound range exceeded", "invalid opcode", "device not available", "double fault",
    "coprocessor segment overrun", "invalid task state", "segment not present",
    "stack fault", "general protection", "page fault", "reserved", "x87 error",
    "alignment check", "machine check", "SIMD error", "virtualization",
    "control protection", "reserved", "reserved", "reserved", "reserved", "reserved",
    "reserved", "hypervisor injection", "VMM communication", "security", "reserved",
};

static void set_gate(unsigned vector, uint64_t target)
{
    gates[vector] = (struct gate){
        .offset_low = (uint16_t)target,
        .selector = CODE_SELECTOR,
        .stack = vector == TRAP_DOUBLE_FAULT ? FAULT_STACK : 0,
        .type = INTERRUPT_GATE,
        .offset_middle = (uint16_t)(target >> 16),
        .offset_high = (uint32_t)(target >> 32),
    };
}

static void load_task_segment(void)
{
    uint64_t base = (uint64_t)&task, limit = sizeof task - 1;

    task.interrupt_stacks[FAULT_STACK - 1] = (uint64_t)(fault_stack + sizeof fault_stack);
    task.io_map = sizeof task;
    boot_gdt[TASK_SELECTOR / 8] = limit | (base & 0xffffff) << 16 | 0x89ull << 40 |
                                  (base >> 24 & 0xff) << 56;
    boot_gdt[TASK_SELECTOR / 8 + 1] = base >> 32;
    __asm__ volatile("ltr %w0" : : "r"(TASK_SELECTOR));
}

void boot_traps_init(void)
{
    struct table_pointer pointer = {sizeof gates - 1, (uint64_t)gates};

    for (unsigned vector = 0; vector < TRAP_COUNT; vector++)
        set_gate(vector, boot_trap_stubs[vector]);
    load_task_segment();
    __asm__ volatile("lidt %0" : : "m"(pointer));
}

trap_handler boot_set_trap_handler(unsigned vector, trap_handler handler)
{
    trap_handler before;

    if (vector >= TRAP_COUNT)
        return NULL;
    before = handlers[vector];
    handlers[vector] = handler;
    return before;
}

static void print_registers(const struct trap_frame *f)
{
    console_printf("rip %016lx  rsp %016lx  flags %08lx\n", f->rip, f->rsp, f->rflags);
    console_printf("rax %016lx  rbx %016lx  rcx %016lx\n", f->rax, f->rbx, f->rcx);
    console_printf("rdx %016lx  rsi %016lx  rdi %016lx\n", f->rdx, f->rsi, f->rdi);
    console_printf("rbp %016lx  r8  %016lx  r9  %016lx\n", f->rbp, f->r8, f->r9);
    console_printf("r10 %016lx  r11 %016lx  r12 %016lx\n", f->r10, f->r11, f->r12);
    console_printf("r13 %016lx  r14 %016lx  r15 %016lx\n", f->r13, f->r14, f->r15);
}

static void print_page_fault(uint64_t error)
{
    console_printf("address %016lx: %s of a %s page by %s\n", cpu_fault_address(),
                   error & 16 ? "execution" : error & 2 ? "write" : "read",
                   error & 1 ? "protected" : "missing", error & 4 ? "user" : "kernel");
}

/* Called by trap_entry.S. */
void boot_trap(struct trap_frame *frame);
void boot_trap(struct trap_frame *frame)
{
    trap_handler handler = handlers[frame->vector % TRAP_COUNT];

    if (handler != NULL && handler(frame))
        return;
    print_registers(frame);
    if (frame->vector == TRAP_PAGE_FAULT)
        print_page_fault(frame->error);
    boot_panic("exception %lu (%s), error code %lx", frame->vector,
               trap_names[frame->vector % TRAP_COUNT], frame->error);
}
