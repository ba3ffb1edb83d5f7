#!/bin/bash
# Reproduces docs/results.md: the memory of the example fleets on this machine, and what aligned images cost. Needs root, a kernel with same-page
# merging, about 4 GiB of memory and 8 GiB of disk.
#   FUNCTIONS=1000 (a multiple of ten): how many lambdas; fewer take less time. SKIP_BUILD=1: the tool is built already.
set -euo pipefail
cd "$(dirname "$0")/../.."
. examples/prerequisites.sh

need_dotnet
need_toolchain
need qemu-system-x86_64 qemu-system-x86
need valgrind valgrind
need_libraries
install_missing

layout=$PWD/src/LayoutDsl.Cli/bin/Release/net10.0/layout
results=$PWD/docs/results.md
plots=$PWD/docs/results
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
started=$SECONDS
functions=${FUNCTIONS:-1000}

# Whether the programs of a folder run; guests are not tried. Links that do not run are not measured.
runs() {
    local image
    [ "$(basename "$PWD")" != Unikernels ] || return 0
    for image in "$1"/*.elf; do
        timeout 60 "$image" >/dev/null 2>&1 || { echo "$image does not run: $1 is left out" >&2; return 1; }
    done
}

[ -n "${SKIP_BUILD:-}" ] || dotnet build -c Release src/LayoutDsl.Cli -v quiet --nologo
# Images of an earlier run with more functions would be measured, too.
rm -rf examples/Lambdas/out
for example in Services Unikernels Lambdas; do
    echo "== build $example" >&2
    define=() count=()
    [ "$example" != Lambdas ] || define=(-D "functions=$functions") count=("FUNCTIONS=$functions")
    make -s -C "examples/$example" -j"$(nproc)" "${count[@]}" objects default 2>/dev/null >&2
    file=$(ls "examples/$example"/*.layout)
    (cd "examples/$example" && "$layout" link "$(basename "$file")" "${define[@]}" -o out/layout --scripts build/scripts --verify >&2)
    (cd "examples/$example" && "$layout" link "$(basename "$file")" "${define[@]}" --strategy spacer -o out/spacer --scripts build/scripts-spacer >&2 && runs out/spacer) || rm -rf "examples/$example/out/spacer"
done

# density TITLE NAME EXAMPLE OPTION...: one run over all links of an example, with its table and plots.
density() {
    local title=$1 name=$2 example=$3 others=()
    shift 3
    echo "== $title" >&2
    [ ! -d "examples/$example/out/spacer" ] || others+=(out/spacer)
    printf '\n## %s\n\n```\n$ layout density out/layout --against %s %s\n' "$title" "out/default ${others[*]}" "$*"
    (cd "examples/$example" && "$layout" density out/layout --against out/default "${others[@]}" "$@" -o "$work/$name.json") | sed 's/ *$//' | cat -s
    printf '```\n'
    (cd "examples/$example" && "$layout" report ./*.layout "${define[@]}" --images out/layout --density "$work/$name.json" -o "$work/$name.html" --plots "$work/$name" >&2)
    mkdir -p "$plots"
    for plot in programs whole; do
        cp "$work/$name/$plot.svg" "$plots/$name-$plot.svg"
        printf '\n![%s](results/%s)\n' "$title: $plot" "$name-$plot.svg"
    done
}

define=()
{
    cat <<TEXT
# Results

Written by \`bash tests/LayoutDsl.Benchmarks/run.sh\` on $(date -u +%Y-%m-%d): Linux $(uname -r), $(nproc) processors
($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)), $(awk '/MemTotal/ { printf "%d", $2 / 1048576 }' /proc/meminfo) GiB, guests under QEMU without hardware support.

*mapped* counts every page of every instance; *physical* is what stands behind them in memory, counted by frame; *predicted* comes from the
contents of the files alone. *whole* is all memory of the processes (proportional set size), to which page tables come. Times depend on the machine
and on how fast the kernel is told to scan (here 5000 pages each 20 ms, its default is 100).
TEXT
    density "Services as processes" services Services --instances 1,5,10,20
    density "Services mapped from a pool, without merging" pool Services --as pool --instances 1,5,10
    density "Unikernels as guests" unikernels Unikernels --as guest --instances 1,2
    define=(-D "functions=$functions")
    density "$functions lambdas as processes, each another function" lambdas Lambdas --instances 1,2
    echo "== overhead" >&2
    printf '\n## What aligned services cost\n\n'
    bash tests/LayoutDsl.Benchmarks/overhead.sh process examples/Services/out/layout examples/Services/out/default
    printf '\n## What aligned unikernels cost\n\n'
    bash tests/LayoutDsl.Benchmarks/overhead.sh guest examples/Unikernels/out/layout examples/Unikernels/out/default clock files hello keys names numbers pipeline search site store text threads web
} >"$work/results.md"
mv "$work/results.md" "$results"
echo "wrote $results after $((SECONDS - started)) s" >&2
