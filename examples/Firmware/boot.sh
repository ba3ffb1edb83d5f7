#!/bin/bash
# boot.sh DIR: runs every image of a folder in QEMU and leaves what it prints in NAME.out beside it. Fails when one does not end with success.
set -euo pipefail
for image in "$1"/*.elf; do
    out=${image%.elf}.out
    if ! timeout 60 qemu-system-arm -M lm3s6965evb -kernel "$image" -nographic -monitor none -serial stdio \
        -semihosting-config enable=on,target=native </dev/null >"$out" 2>"$out.err"; then
        echo "boot: $image failed" >&2
        cat "$out.err" "$out" >&2
        exit 1
    fi
    rm -f "$out.err"
done
