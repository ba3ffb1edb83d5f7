/* The drivers of files, by name. A driver is found by name, so their number may differ from image to image. */
SECTIONS
{
    .vfs_drivers : ALIGN(8)
    {
        kiln_vfs_start = .;
        KEEP(*(SORT(.kiln.vfs.*)))
        kiln_vfs_end = .;
    }
}
INSERT AFTER .rodata;
