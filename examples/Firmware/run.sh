#!/bin/bash
# Builds, links, boots and compares the firmware of this folder. The repository's examples/run.sh prepares what it needs.
set -euo pipefail
cd "$(dirname "$0")"

echo "-- compile, plan, link and verify (dotnet build Firmware.csproj)"
dotnet build -c Release Firmware.csproj -v quiet --nologo

echo "-- boot the images in QEMU"
bash boot.sh out/layout
for expected in expected/*.txt; do
    name=$(basename "$expected" .txt)
    diff -u "$expected" "out/layout/$name.out" || { echo "$name prints something else" >&2; exit 1; }
done
echo "$(ls expected/*.txt | wc -l) images print what they should"

echo "-- the memory map, from the plan that was compiled into a program"
dotnet run -c Release --no-build --project Firmware.csproj | tee out/map.txt
