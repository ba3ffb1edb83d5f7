/* The start of the image: header, the loader's note, and the way to 64-bit code. */

    .section .boot.header, "a", @progbits
    .balign 16
    .globl kiln_header
    .type kiln_header, @object
kiln_header:
    .ascii "KILNIMG\0"
    .long 2                     /* version */
    .long 0                     /* flags */
    .quad _image_start
    .quad 0                     /* from here on: filled in by tools/seal */
    .quad 0, 0
    .long 0, 0
    .asciz CONFIG_APP_NAME
    .balign 8
    .org kiln_header + 80
    .size kiln_header, 80

#ifdef CONFIG_BOOT_MULTIBOOT
    .balign 4
    .long 0x1badb002
    .long 3                     /* modules on pages, memory information */
    .long -(0x1badb002 + 3)
#else
    .section .note.pvh, "a", @note
    .balign 4
    .long 4, 4, 18              /* XEN_ELFNOTE_PHYS32_ENTRY */
    .asciz "Xen"
    .long kiln_start32
#endif

    .section .boot.text32, "ax", @progbits
    .code32
    .globl kiln_start32
    .type kiln_start32, @function
kiln_start32:
    cli
    cld
    movl $boot_stack_end, %esp
    movl %eax, loader_magic     /* multiboot: 0x2badb002 */
    movl %ebx, loader_info

    /* The first GiB is mapped to itself with pages of 2 MiB. */
    movl $(level3 + 3), level4
    movl $(level2 + 3), level3
    xorl %ecx, %ecx
    movl $0x83, %eax
fill:
    movl %eax, level2(,%ecx,8)
    addl $0x200000, %eax
    incl %ecx
    cmpl $512, %ecx
    jb fill

    movl $level4, %eax
    movl %eax, %cr3
    movl %cr4, %eax
    orl $0x620, %eax            /* PAE, SSE and its exceptions */
    movl %eax, %cr4
    movl $0xc0000080, %ecx
    rdmsr
    orl $0x100, %eax            /* long mode */
    wrmsr
    movl %cr0, %eax
    andl $~4, %eax              /* the FPU is real */
    orl $0x80000003, %eax
    movl %eax, %cr0
    lgdt gdt_pointer
    ljmp $8, $start64
    .size kiln_start32, . - kiln_start32

    .code64
start64:
    movl $16, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    xorl %eax, %eax
    movl %eax, %fs
    movl %eax, %gs
    movl $boot_stack_end, %esp
    xorl %ebp, %ebp
    movl loader_magic, %edi
    movl loader_info, %esi
    movabsq $kiln_start, %rax   /* may be far away */
    call *%rax
    ud2

    .section .rodata.boot, "a", @progbits
    .balign 8
gdt:
    .quad 0
    .quad 0x00af9b000000ffff
    .quad 0x00cf93000000ffff
gdt_end:
gdt_pointer:
    .word gdt_end - gdt - 1
    .quad gdt

    .bss
    .balign 4096
level4: .skip 4096
level3: .skip 4096
level2: .skip 4096
    .skip CONFIG_STACK_SIZE
boot_stack_end:
loader_magic: .skip 4
loader_info:  .skip 4

    .section .note.GNU-stack, "", @progbits
