#!/bin/bash
# boot.sh DIR | IMAGE.elf...: boots images under QEMU, two at a time, and leaves what each
# prints in NAME.out beside it. Fails if an image does not reach its end.
set -u
here=$(cd "$(dirname "$0")" && pwd)

boot_one() {
    local image=$1 out=${1%.elf}.out status
    timeout 60 qemu-system-x86_64 -M microvm,accel=tcg -kernel "$image" -m 16 -nographic \
        -nodefaults -serial stdio -no-reboot -device isa-debug-exit,iobase=0xf4,iosize=4 \
        </dev/null 2>"$out.err" | tr -d '\r' >"$out"
    status=${PIPESTATUS[0]}
    # The guest writes 0x10 to the exit device when all went well; QEMU ends with 2 * 0x10 + 1.
    if [ "$status" = 33 ] && [ ! -s "$out.err" ]; then
        rm -f "$out.err"
        exit 0
    fi
    echo "boot: $image ended with status $status" >&2
    cat "$out.err" >&2
    tail -n 3 "$out" >&2
    rm -f "$out.err"
    exit 1
}

if [ "${1:-}" = --one ]; then
    boot_one "$2"
fi
if [ $# = 1 ] && [ -d "$1" ]; then
    set -- "$1"/*.elf
fi
if [ $# = 0 ] || [ ! -e "$1" ]; then
    echo "usage: boot.sh DIR | IMAGE.elf..." >&2
    exit 2
fi
SECONDS=0
if ! printf '%s\0' "$@" | xargs -0 -n 1 -P "${JOBS:-2}" bash "$here/boot.sh" --one; then
    echo "boot: not all of $# images reached their end" >&2
    exit 1
fi
echo "boot: $# images in $SECONDS s"
