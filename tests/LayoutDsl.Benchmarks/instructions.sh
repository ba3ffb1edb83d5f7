#!/bin/bash
# instructions.sh process|guest DIR... [-- NAME...]: instructions of the images of one fleet in several links, beside those of the first, as a table in Markdown. Counted, not timed.
set -euo pipefail
kind=$1
shift
dirs=()
while [ $# != 0 ] && [ "$1" != -- ]; do dirs+=("$1"); shift; done
[ $# = 0 ] || shift
[ $# != 0 ] || set -- $(cd "${dirs[0]}" && ls ./*.elf | sed 's|^\./||; s|\.elf$||')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$(dirname "$0")/counting.sh"

for name in image "$@"; do
    line=$name
    for dir in "${dirs[@]}"; do
        if [ "$name" = image ]; then line+=" $(basename "$dir")"; else line+=" $(instructions "$dir/$name.elf")"; fi
    done
    echo "$line"
done | awk '
    NR == 1 { printf "| image | %s |", $2; for (i = 3; i <= NF; i++) printf " %s | more |", $i; printf "\n| --- | --: |"; for (i = 3; i <= NF; i++) printf " --: | --: |"; print ""; next }
    { n = NF; for (i = 2; i <= NF; i++) sum[i] += $i; row($1) }
    function row(name) { printf "| %s | %d |", name, $2; for (i = 3; i <= n; i++) printf " %d | %+.2f%% |", $i, 100 * ($i - $2) / $2; print "" }
    END { for (i = 2; i <= n; i++) $i = sum[i]; row("**all**") }'
