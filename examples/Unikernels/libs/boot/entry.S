/* The way from the loader's 32-bit world to boot_start in long mode. */

    .section .note.pvh, "a", @note
    .balign 4
    .long 4                     /* size of the name */
    .long 4                     /* size of the descriptor */
    .long 18                    /* XEN_ELFNOTE_PHYS32_ENTRY */
    .asciz "Xen"
    .long pvh_entry

    .set PRESENT_WRITABLE, 0x03
    .set HUGE_PAGE, 0x80
    .set CODE_SELECTOR, 0x08
    .set DATA_SELECTOR, 0x10

    .text
    .code32
    .globl pvh_entry
    .type pvh_entry, @function
pvh_entry:
    cli
    cld
    movl $boot_stack_top, %esp
    movl %ebx, boot_start_info

    /* One level-4 and one level-3 entry lead to 512 pages of 2 MiB: the first GiB
     * is mapped to itself, which covers image and heap wherever they are. */
    movl $(page_directory_pointers + PRESENT_WRITABLE), page_map
    movl $(page_directory + PRESENT_WRITABLE), page_directory_pointers
    movl $page_directory, %edi
    movl $(PRESENT_WRITABLE | HUGE_PAGE), %eax
    movl $512, %ecx
1:  movl %eax, (%edi)
    movl $0, 4(%edi)
    addl $0x200000, %eax
    addl $8, %edi
    decl %ecx
    jnz 1b

    movl $page_map, %eax
    movl %eax, %cr3
    movl %cr4, %eax
    orl $0x20, %eax             /* PAE */
    movl %eax, %cr4
    movl $0xc0000080, %ecx      /* EFER */
    rdmsr
    orl $0x100, %eax            /* long mode enable */
    wrmsr
    movl %cr0, %eax
    orl $0x80000001, %eax       /* paging, protected mode */
    movl %eax, %cr0
    lgdt boot_gdt_pointer
    ljmp $CODE_SELECTOR, $long_mode
    .size pvh_entry, . - pvh_entry

    .code64
    .type long_mode, @function
long_mode:
    movl $DATA_SELECTOR, %eax
    movl %eax, %ds
    movl %eax, %es
    movl %eax, %ss
    xorl %eax, %eax
    movl %eax, %fs
    movl %eax, %gs
    movl $boot_stack_top, %esp
    xorl %ebp, %ebp             /* ends a walk over stack frames */
    movl boot_start_info, %edi
    call boot_start
1:  cli
    hlt
    jmp 1b
    .size long_mode, . - long_mode

    /* The descriptors have their "accessed" bit set, so that the processor never
     * writes to the two of them; only the task segment below is filled in later. */
    .section .data
    .balign 16
    .globl boot_gdt
boot_gdt:
    .quad 0
    .quad 0x00af9b000000ffff    /* 64-bit code */
    .quad 0x00cf93000000ffff    /* data */
    .quad 0, 0                  /* task state segment, set by boot_traps_init */
boot_gdt_end:

    .balign 8
boot_gdt_pointer:
    .word boot_gdt_end - boot_gdt - 1
    .quad boot_gdt

    .section .bss
    .balign 4096
page_map:                .skip 4096
page_directory_pointers: .skip 4096
page_directory:          .skip 4096
    .skip 65536
boot_stack_top:
    .balign 8
boot_start_info:         .skip 8

    .section .note.GNU-stack, "", @progbits
