#!/bin/bash
# What a capture adds to a build: examples/Adopted, plain and captured in turn, each in a copy of its own.
#   capture.sh [PAIRS]: seven when not given. The tool has to be built.
set -euo pipefail
cd "$(dirname "$0")/../.."
layout=$PWD/src/LayoutDsl.Cli/bin/Release/net10.0/layout
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Milliseconds of a build in a new copy of the sources.
build() {
    local folder=$work/$1 start
    shift
    mkdir -p "$folder"
    git -C examples/Adopted ls-files -z | tar -C examples/Adopted --null -T - -cf - | tar -C "$folder" -xf -
    sync
    start=$(date +%s%N)
    (cd "$folder" && "$@" make -s -j"$(nproc)") >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    echo $((($(date +%s%N) - start) / 1000000))
}

# The first of each fills caches: of the system, and of what records.
build warm >/dev/null
build warm-captured "$layout" capture -o kiln.capture --tool seal -- >/dev/null
for pair in $(seq "${1:-7}"); do
    plain=$(build "plain$pair")
    captured=$(build "captured$pair" "$layout" capture -o kiln.capture --tool seal --)
    echo "$plain $captured"
done | tee "$work/pairs" | awk '{ printf "pair %d: plain %.1f s, captured %.1f s: %+.1f%%\n", NR, $1 / 1000, $2 / 1000, ($2 / $1 - 1) * 100 }' >&2
awk '{ printf "%.1f\n", ($2 / $1 - 1) * 100 }' "$work/pairs" | sort -g | awk '{ v[NR] = $1 } END { m = (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2; printf "more time: median %.1f%%, from %.1f%% to %.1f%%, %d pairs\n", m, v[1], v[NR], NR }'
