/* The linker script of every image. Libraries with tables add scripts of their own (INSERT). */
OUTPUT_FORMAT("elf64-x86-64")
OUTPUT_ARCH(i386:x86-64)
ENTRY(kiln_start32)

PHDRS
{
    text   PT_LOAD FLAGS(5);
    rodata PT_LOAD FLAGS(4);
    data   PT_LOAD FLAGS(6);
    tls    PT_TLS  FLAGS(4);
#ifndef CONFIG_BOOT_MULTIBOOT
    note   PT_NOTE FLAGS(4);
#endif
}

SECTIONS
{
    . = CONFIG_LOAD_BASE;
    _image_start = .;

    /* The header and the 32-bit entry stand at the load address, whatever else the image has. */
    .boot : { KEEP(*(.boot.header)) . = ALIGN(16); *(.boot.text32) } :text

    .text : ALIGN(64)
    {
        _text = .;
        *(.text.hot .text.hot.*)
        *(.text)
        *(.text.*)
        _etext = .;
    } :text

    . = ALIGN(0x1000);
#ifndef CONFIG_BOOT_MULTIBOOT
    .note.pvh : { KEEP(*(.note.pvh)) } :rodata :note
#endif
    .rodata : { *(.rodata) *(.rodata.*) } :rodata

    . = ALIGN(8);
    kiln_inittab_start = .;
    .inittab : { KEEP(*(SORT_BY_NAME(.kiln.init.*))) } :rodata
    kiln_inittab_end = .;

#ifdef CONFIG_KEEP_UNWIND
    . = ALIGN(8);
    __eh_frame_start = .;
    .eh_frame : { KEEP(*(.eh_frame)) LONG(0) } :rodata
    __eh_frame_end = .;
#endif
    _erodata = .;

    . = ALIGN(0x1000);
    .tdata : ALIGN(16) { _tls_start = .; *(.tdata .tdata.*) _tdata_end = .; } :data :tls
    .tbss : { *(.tbss .tbss.*) } :data :tls
    _tls_end = ADDR(.tbss) + SIZEOF(.tbss);
    _tls_align = MAX(ALIGNOF(.tdata), ALIGNOF(.tbss));

    .data : ALIGN(16) { _data = .; *(.data) *(.data.*) _edata = .; } :data
    .bss : ALIGN(64) { __bss_start = .; *(.bss) *(.bss.*) *(COMMON) } :data
    . = ALIGN(0x1000);
    _end = .;

    ASSERT(_end < 0x40000000, "the image is larger than the first GiB, which is all that is mapped at the start")
    ASSERT(kiln_header == _image_start, "the header must be the first thing in the image")

    .comment 0 : { *(.comment) }
    .debug_info 0 : { *(.debug_info) }
    .debug_abbrev 0 : { *(.debug_abbrev) }
    .debug_line 0 : { *(.debug_line) }
    .debug_line_str 0 : { *(.debug_line_str) }
    .debug_str 0 : { *(.debug_str) }
    .debug_aranges 0 : { *(.debug_aranges) }
    .debug_rnglists 0 : { *(.debug_rnglists) }
    .debug_loclists 0 : { *(.debug_loclists) }
    .debug_frame 0 : { *(.debug_frame) }

    /DISCARD/ :
    {
        *(.note.GNU-stack)
        *(.note.gnu.property)
#ifndef CONFIG_KEEP_UNWIND
        *(.eh_frame)
#endif
    }
}
