#!/bin/bash
# Reproduces docs/results.md: the memory of the example fleets on this machine, and what aligned images cost. Needs root, a kernel with same-page
# merging, about 4 GiB of memory and 8 GiB of disk.
#   FUNCTIONS=1000 (a multiple of ten): how many lambdas; fewer take less time, which is for the most part that of their links. SKIP_BUILD=1: the tool is built already.
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
# Images of an earlier run with another number of functions would be measured, too.
[ "$(cat examples/Lambdas/out/functions 2>/dev/null)" = "$functions" ] || rm -rf examples/Lambdas/out
mkdir -p examples/Lambdas/out
echo "$functions" >examples/Lambdas/out/functions
for layout_file in Services/services.layout Unikernels/fleet.layout Lambdas/lambdas.layout; do
    example=${layout_file%/*} file=${layout_file#*/}
    echo "== build $example" >&2
    define=() count=()
    [ "$example" != Lambdas ] || define=(-D "functions=$functions") count=("FUNCTIONS=$functions")
    make -s -C "examples/$example" -j"$(nproc)" "${count[@]}" objects default 2>/dev/null >&2
    (cd "examples/$example" && "$layout" link "$file" "${define[@]}" -o out/layout --scripts build/scripts --verify >&2)
    (cd "examples/$example" && "$layout" link "$file" "${define[@]}" --strategy spacer -o out/spacer --scripts build/scripts-spacer >&2 && runs out/spacer) || rm -rf "examples/$example/out/spacer"
done

# density TITLE NAME EXAMPLE OPTION...: one run over all links of an example, with its table and plots.
density() {
    local title=$1 name=$2 example=$3 others=()
    shift 3
    echo "== $title" >&2
    [ ! -d "examples/$example/out/spacer" ] || others+=(out/spacer)
    printf '\n## %s\n\n```\n$ layout density out/layout --against %s %s\n' "$title" "out/default ${others[*]}" "$*"
    (cd "examples/$example" && "$layout" density out/layout --against out/default "${others[@]}" "$@" --plots "$work/$name") | sed 's/ *$//' | cat -s
    printf '```\n'
    mkdir -p "$plots"
    for plot in programs whole; do
        cp "$work/$name/$plot.svg" "$plots/$name-$plot.svg"
        printf '\n![%s](results/%s)\n' "$title: $plot" "$name-$plot.svg"
    done
}

overhead() {
    local kind=$1 example=$2
    shift 2
    bash tests/LayoutDsl.Benchmarks/overhead.sh "$kind" "examples/$example/out/layout" "examples/$example/out/default" "$@"
}

kept='<!-- run.sh writes what stands above this line -->'
{
    cat <<TEXT
# Results

Written by \`bash tests/LayoutDsl.Benchmarks/run.sh\` on $(date -u +%Y-%m-%d): Linux $(uname -r), $(nproc) processors
($(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)), $(awk '/MemTotal/ { printf "%d", $2 / 1048576 }' /proc/meminfo) GiB, guests under QEMU without hardware support.

*mapped* counts every page of every instance; *physical* is what stands behind them in memory, counted by frame; *predicted* comes from the
contents of the files alone. *whole* is all memory of the processes (proportional set size), to which page tables come. Times depend on the machine
and on how fast the kernel is told to scan (here 5000 pages each 20 ms, its default is 100).
TEXT
    density "Services as processes" services Services --instances 1,5,20
    density "Services mapped from a pool, without merging" pool Services --as pool --instances 1,5,10
    density "Unikernels as guests" unikernels Unikernels --as guest --accel tcg --instances 1,2
    density "$functions lambdas as processes, each another function" lambdas Lambdas --instances 1
    echo "== overhead" >&2
    printf '\n## What aligned images cost\n\n`bash tests/LayoutDsl.Benchmarks/overhead.sh`: instructions and page faults of each image with its own work, the time of a process or of a guest from start to end, and its file. What `threads` executes depends on who waits for whom: it varies by some percent between runs of one file. `cxx` and `tree` throw: the first time, the unwinder sorts the records of the whole program, or those of the libraries that it meets.\n\n### Services\n\n'
    overhead process Services
    printf '\n### Lambdas, one of each kind\n\n'
    overhead process Lambdas text1 query1 match1 pack1
    printf '\n### Unikernels\n\n'
    overhead guest Unikernels $(ls examples/Unikernels/apps/*.c | xargs -n 1 basename -s .c) fn1
    echo "== files" >&2
    cat <<TEXT

## What files cost

\`bash tests/LayoutDsl.Benchmarks/files.sh NAME=DIR...\`. *loaded* are code and data. The layouts have \`unreached dropped\`: an image is left without the pages of its libraries that it does not reach; on pages that stay there is more than it needs,
since the same pages have to be in all images. *the rest* is padding, for the most part: a kernel maps a file page by page, so each segment has to start at the same place within a page of the file and of memory. Unikernels are copied by their hypervisor,
and \`file packed\` leaves the padding out.

### Services

TEXT
    bash tests/LayoutDsl.Benchmarks/files.sh default=examples/Services/out/default layout=examples/Services/out/layout
    "$layout" pool examples/Services/out/layout -o "$work/pool" >/dev/null
    pool=$(du -sb "$work/pool" | cut -f 1) files=$(cat examples/Services/out/default/*.elf | wc -c)
    printf '\nA pool (`layout pool`), where each run of pages is there once, has all of these programs in %d KiB: %s times the files of the default link.\n' $((pool / 1024)) "$(awk "BEGIN { printf \"%.2f\", $pool / $files }")"
    printf '\n### Unikernels\n\n'
    bash tests/LayoutDsl.Benchmarks/files.sh default=examples/Unikernels/out/default layout=examples/Unikernels/out/layout
    printf '\n### Lambdas\n\n'
    bash tests/LayoutDsl.Benchmarks/files.sh default=examples/Lambdas/out/default layout=examples/Lambdas/out/layout
    printf '\nAll of the above took %d minutes, with the builds of what is measured.\n' $(((SECONDS - started + 59) / 60))
    printf '\n%s\n' "$kept"
    # What others measured with other commands stays.
    sed "1,/^$kept\$/d" "$results"
} >"$work/results.md"
mv "$work/results.md" "$results"
echo "wrote $results after $((SECONDS - started)) s" >&2
