#!/bin/bash
# Builds, links, runs and compares the services of this folder. The repository's examples/run.sh prepares what it needs.
set -euo pipefail
cd "$(dirname "$0")"
layout=../../src/LayoutDsl.Cli/bin/Release/net10.0/layout

echo "-- compile the programs, link the usual way"
make -s -j"$(nproc)" objects default

echo "-- measure, plan, link and verify with LayoutDsl"
"$layout" link services.layout -o out/layout --scripts build/scripts --verify

for link in default layout; do
    echo "-- run the $link programs"
    bash check.sh "out/$link" | tail -n 1
done

echo "-- shared pages"
"$layout" share out/layout --layout services.layout --against out/default
