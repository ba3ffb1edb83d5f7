#!/bin/bash
# files.sh NAME=DIR...: what the images of each folder are made of, as a table in Markdown: bytes that are loaded, symbols, headers, and padding.
set -euo pipefail
echo '| link | images | files (KiB) | loaded | symbols | headers | the rest | times |'
echo '| --- | --: | --: | --: | --: | --: | --: | --: |'
for folder in "$@"; do
    for image in "${folder#*=}"/*.elf; do
        echo "file $(stat -c %s "$image")"
        readelf -hSW "$image" | sed -n 's/^  *\[ *[0-9]*\] *//p; s/^ *Size of program headers: *\([0-9]*\).*/phsize \1/p; s/^ *Number of program headers: *\([0-9]*\)/phnum \1/p; s/^ *Number of section headers: *\([0-9]*\)/shnum \1/p'
    done | awk -v name="${folder%%=*}" '
        function hex(text,  i, value) { value = 0; for (i = 1; i <= length(text); i++) value = value * 16 + index("0123456789abcdef", substr(text, i, 1)) - 1; return value }
        $1 == "file" { images++; file += $2; next }
        $1 == "phsize" { size = $2; next }
        $1 == "phnum" { headers += 64 + size * $2; next }
        $1 == "shnum" { headers += 64 * $2; next }
        $2 == "SYMTAB" || $2 == "STRTAB" { symbols += hex($5); next }
        NF >= 10 && $7 ~ /A/ && $2 != "NOBITS" { loaded += hex($5) }
        END { print name, images, file, loaded, symbols, headers, file - loaded - symbols - headers }'
done | awk '
    function kib(bytes) { return sprintf("%d", bytes / 1024) }
    NR == 1 { base = $3 }
    { print "| " $1 " | " $2 " | " kib($3) " | " kib($4) " | " kib($5) " | " kib($6) " | " kib($7) " | " sprintf("%.2f", $3 / base) " |" }'
