SECTIONS
{
    .routes : ALIGN(8)
    {
        kiln_routes_start = .;
        KEEP(*(SORT_BY_NAME(.kiln.route.*)))
        kiln_routes_end = .;
    }
}
INSERT AFTER .inittab;
