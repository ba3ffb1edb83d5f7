    .text
    .globl sched_switch
    .type sched_switch, @function
sched_switch:
    pushq %rbp
    pushq %rbx
    pushq %r12
    pushq %r13
    pushq %r14
    pushq %r15
    movq %rsp, (%rdi)
    movq %fs:0, %rax
    movq %rax, 8(%rdi)
    movq 8(%rsi), %rax
    movq %rax, %rdx
    shrq $32, %rdx
    movl $0xc0000100, %ecx      /* the base of FS */
    wrmsr
    movq (%rsi), %rsp
    popq %r15
    popq %r14
    popq %r13
    popq %r12
    popq %rbx
    popq %rbp
    ret
    .size sched_switch, . - sched_switch
    .section .note.GNU-stack, "", @progbits
