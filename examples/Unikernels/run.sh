#!/bin/bash
# Builds, links, boots and compares the unikernels of this folder. The repository's examples/run.sh prepares what it needs.
set -euo pipefail
cd "$(dirname "$0")"
layout=../../src/LayoutDsl.Cli/bin/Release/net10.0/layout

echo "-- compile the C libraries and applications, link the usual way"
make -s -j"$(nproc)" objects default

echo "-- plan, link and verify with LayoutDsl (dotnet build Fleet.csproj)"
dotnet build -c Release Fleet.csproj -v quiet --nologo
dotnet run -c Release --no-build --project Fleet.csproj

for link in default layout; do
    echo "-- boot the $link images in QEMU"
    bash boot.sh "out/$link"
    bash check.sh "out/$link"
done
for image in out/default/*.elf; do
    name=$(basename "$image" .elf)
    cmp -s "out/default/$name.out" "out/layout/$name.out" || { echo "$name prints something else when it is linked with LayoutDsl" >&2; exit 1; }
done
echo "$(ls out/layout/*.elf | wc -l) images print the same with both links"

echo "-- shared pages"
"$layout" share out/layout --layout fleet.layout --against out/default
