/* One short stub an exception; all of them meet in trap_common. */

    .text
    .macro TRAP vector
    .balign 16
trap_stub_\vector:
    /* These exceptions push an error code; the others get a zero in its place. */
    .if \vector == 8 || (\vector >= 10 && \vector <= 14) || \vector == 17 || \vector == 21
    .else
    pushq $0
    .endif
    pushq $\vector
    jmp trap_common
    .endm

    .altmacro
    .set i, 0
    .rept 32
    TRAP %i
    .set i, i + 1
    .endr

    .type trap_common, @function
trap_common:
    pushq %rax
    pushq %rbx
    pushq %rcx
    pushq %rdx
    pushq %rsi
    pushq %rdi
    pushq %rbp
    pushq %r8
    pushq %r9
    pushq %r10
    pushq %r11
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, %rdi
    cld
    call boot_trap
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %r11
    popq %r10
    popq %r9
    popq %r8
    popq %rbp
    popq %rdi
    popq %rsi
    popq %rdx
    popq %rcx
    popq %rbx
    popq %rax
    addq $16, %rsp              /* vector and error code */
    iretq
    .size trap_common, . - trap_common

    .section .rodata
    .balign 8
    .macro STUB_ADDRESS vector
    .quad trap_stub_\vector
    .endm
    .globl boot_trap_stubs
boot_trap_stubs:
    .set i, 0
    .rept 32
    STUB_ADDRESS %i
    .set i, i + 1
    .endr

    .section .note.GNU-stack, "", @progbits
