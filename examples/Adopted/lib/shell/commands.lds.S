SECTIONS
{
    .commands : ALIGN(8)
    {
        kiln_commands_start = .;
        KEEP(*(SORT_BY_NAME(.kiln.command.*)))
        kiln_commands_end = .;
    }
}
INSERT AFTER .inittab;
