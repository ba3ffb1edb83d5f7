#!/bin/bash
# seeds.sh Services|Unikernels MODE FIRST LAST: links the fleet with each of these seeds (MODE is slide or shuffle), runs or boots all of it, and compares
# what it prints. Not part of run.sh, which takes one seed.
set -euo pipefail
fleet=$1 mode=$2
cd "$(dirname "$0")/$fleet"
layout=../../src/LayoutDsl.Cli/bin/Release/net10.0/layout
case $fleet in Services) file=services.layout ;; *) file=fleet.layout ;; esac
for seed in $(seq "$3" "$4"); do
    "$layout" link "$file" -D places="$mode" -D seed="$seed" -o "out/$mode" --scripts "build/scripts-$mode" --verify >"build/$mode.log" 2>&1 || { cat "build/$mode.log" >&2; exit 1; }
    if [ "$fleet" != Services ]; then bash boot.sh "out/$mode" >/dev/null; fi
    echo "seed $seed: $(bash check.sh "out/$mode" | tail -n 1)"
done
