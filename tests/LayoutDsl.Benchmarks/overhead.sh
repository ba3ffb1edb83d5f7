#!/bin/bash
# overhead.sh process|guest ALIGNED DEFAULT [NAME...]: what the aligned images cost against the default link, as a table in Markdown.
# Instructions are counted, not timed: of processes by valgrind, of guests by QEMU. Page faults are the kernel's count. Times are the least of three.
set -euo pipefail
kind=$1 aligned=$2 default=$3
shift 3
[ $# != 0 ] || set -- $(cd "$aligned" && ls ./*.elf | sed 's|^\./||; s|\.elf$||')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "$(dirname "$0")/counting.sh"

# Minor page faults of a process: the keeper leaves the ended process until its own end, with the count in field 10 of its stat.
faults() {
    local id
    coproc KEEPER { "$work/layout-run" keep; }
    printf 'run\t%s\n' "$(realpath "$1")" >&"${KEEPER[1]}"
    read -r id <&"${KEEPER[0]}"
    while ! grep -q ') Z ' "/proc/$id/stat"; do sleep 0.02; done
    sed 's/.*) //' "/proc/$id/stat" | cut -d ' ' -f 8
    local keeper=$KEEPER_PID
    exec {KEEPER[1]}>&-

    # The shell may have noted already that it ended, and then has nothing to wait for.
    wait "$keeper" 2>/dev/null || true
}

# A guest ends by a device that makes QEMU's exit code odd.
microseconds() {
    local start end
    start=$(date +%s%N)
    if [ "$kind" = process ]; then "$1" >/dev/null 2>&1; else guest -kernel "$1" -device isa-debug-exit,iobase=0xf4,iosize=4 >/dev/null 2>&1 || true; fi
    end=$(date +%s%N)
    echo $(((end - start) / 1000))
}

least() { for _ in 1 2 3; do microseconds "$1"; done | sort -n | head -n 1; }

if [ "$kind" = process ]; then
    "$(dirname "$0")/../../src/LayoutDsl.Cli/bin/Release/net10.0/layout" pool "$aligned/$1.elf" -o "$work/pool" >/dev/null
    mv "$work/pool/layout-run" "$work/layout-run"
fi
echo '| image | instructions, default | aligned | more | faults, default | aligned | time, default (ms) | aligned | file, default (KiB) | aligned | times |'
echo '| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |'
for name in "$@"; do
    a=$aligned/$name.elf d=$default/$name.elf
    if [ "$kind" = process ]; then fd=$(faults "$d") fa=$(faults "$a"); else fd=- fa=-; fi
    echo "$name $(instructions "$d") $(instructions "$a") $fd $fa $(least "$d") $(least "$a") $(stat -c %s "$d") $(stat -c %s "$a")"
done | awk '
    { printf "| %s | %d | %d | %+.2f%% | %s | %s | %.1f | %.1f | %d | %d | %.2f |\n", $1, $2, $3, 100 * ($3 - $2) / $2, $4, $5, $6 / 1000, $7 / 1000, $8 / 1024, $9 / 1024, $9 / $8
      id += $2; ia += $3; fd += $4; fa += $5; td += $6; ta += $7; sd += $8; sa += $9 }
    END { printf "| **all** | %d | %d | %+.2f%% | %s | %s | %.1f | %.1f | %d | %d | %.2f |\n", id, ia, 100 * (ia - id) / id, fd == 0 ? "-" : fd, fa == 0 ? "-" : fa, td / 1000, ta / 1000, sd / 1024, sa / 1024, sa / sd }'
