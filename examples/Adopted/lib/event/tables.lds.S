SECTIONS
{
    .events : ALIGN(8)
    {
        kiln_events_start = .;
        KEEP(*(SORT_BY_NAME(.kiln.event.*)))
        kiln_events_end = .;
    }
}
INSERT AFTER .rodata;
