/* One entry for each exception. */
    .text
    .macro ENTRY vector
    .balign 16
trap_entry_\vector:
    .if \vector == 8 || (\vector >= 10 && \vector <= 14) || \vector == 17
    .else
    pushq $0
    .endif
    pushq $\vector
    jmp trap_all
    .endm
    .altmacro
    .set n, 0
    .rept 32
    ENTRY %n
    .set n, n + 1
    .endr

trap_all:
    .irp r, rax, rcx, rdx, rsi, rdi, r8, r9, r10, r11
    pushq %\r
    .endr
    leaq 72(%rsp), %rdi
    cld
    call plat_trap
    .irp r, r11, r10, r9, r8, rdi, rsi, rdx, rcx, rax
    popq %\r
    .endr
    addq $16, %rsp
    iretq

    .section .rodata
    .balign 8
    .globl plat_trap_entries
plat_trap_entries:
    .macro ADDRESS vector
    .quad trap_entry_\vector
    .endm
    .set n, 0
    .rept 32
    ADDRESS %n
    .set n, n + 1
    .endr
    .section .note.GNU-stack, "", @progbits
