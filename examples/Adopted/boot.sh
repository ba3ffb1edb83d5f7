#!/bin/bash
# boot.sh FOLDER: boots the images in FOLDER under QEMU, two at a time, leaves what each prints in NAME.out beside it, and
# compares it with expected/NAME.txt. Fails if an image does not reach its end or prints something else.
set -u
here=$(cd "$(dirname "$0")" && pwd)

boot_one() {
    local image=$1 out=${1%.elf}.out machine=microvm status
    # A multiboot image needs a machine with a BIOS. The loader's kind is in the file: seal wrote the machine i386.
    [ "$(od -An -tu2 -j18 -N2 "$image" | tr -d ' ')" = 3 ] && machine=pc
    timeout 60 qemu-system-x86_64 -M "$machine,accel=tcg" -kernel "$image" -m 32 -display none -nodefaults -serial stdio \
        -no-reboot -device isa-debug-exit,iobase=0xf4,iosize=4 </dev/null 2>"$out.err" | tr -d '\r' >"$out"
    status=${PIPESTATUS[0]}
    # The guest writes 0x10 to the exit device when all went well; QEMU ends with 2 * 0x10 + 1.
    if [ "$status" = 33 ] && diff -u "$here/expected/$(basename "$image" .elf).txt" "$out"; then
        rm -f "$out.err"
        return 0
    fi
    echo "boot: $image ended with status $status" >&2
    cat "$out.err" >&2
    rm -f "$out.err"
    return 1
}

if [ "${1:-}" = --one ]; then
    boot_one "$2"
    exit
fi
if [ $# != 1 ] || ! ls "$1"/*.elf >/dev/null 2>&1; then
    echo "usage: boot.sh FOLDER" >&2
    exit 2
fi
if ! printf '%s\0' "$1"/*.elf | xargs -0 -n 1 -P "${JOBS:-2}" bash "$here/boot.sh" --one; then
    echo "boot: not all images in $1 print what is expected" >&2
    exit 1
fi
echo "boot: the $(ls "$1"/*.elf | wc -l) images in $1 print what is expected"
