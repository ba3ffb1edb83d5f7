#!/bin/bash
# Builds the images of this folder as their project builds them, under a capture, takes the build over, links it again, boots both
# links and compares them. The repository's examples/run.sh prepares what it needs.
set -euo pipefail
cd "$(dirname "$0")"
layout=../../src/LayoutDsl.Cli/bin/Release/net10.0/layout

# seal is the project's own tool; others are known. A capture that is there goes on with what make builds again; the first one needs a build from the start.
[ -d kiln.capture ] || make -s clean
echo "-- build under a capture"
"$layout" capture -o kiln.capture --tool seal -- make -s -j"$(nproc)" >make.log 2>&1 || { tail -n 20 make.log >&2; exit 1; }
tail -n 1 make.log
rm -f make.log

echo "-- take it over"
"$layout" adopt kiln.capture -o kiln.layout

echo "-- link again, and prove that each image is as planned and as the build has it"
"$layout" relink kiln.layout -o out/relinked --verify
"$layout" relink kiln.layout -o out/relinked | grep -q ' 9 up to date' || { echo "a second relink did something" >&2; exit 1; }

# The last step of the build gives the image its name (mv).
mkdir -p out/adopted
for image in out/*.elf; do
    name=$(basename "$image" .elf)
    cp "out/relinked/$name/$name.elf.tmp" "out/adopted/$name.elf"
done
for link in out out/adopted; do
    bash boot.sh "$link"
done

echo "-- shared pages"
"$layout" share out/relinked --layout kiln.layout --against out
