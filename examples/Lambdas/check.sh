#!/bin/bash
# Runs every function of both links: each has to end well, and both have to print the same.
set -u
cd "$(dirname "$0")"
bad=0 count=0
for image in out/default/*.elf; do
    name=$(basename "$image" .elf)
    count=$((count + 1))
    output=$(timeout 60 "$image" 2>&1) && [ "$output" = "$(timeout 60 "out/layout/$name.elf" 2>&1)" ] && continue
    echo "$name: fails, or prints something else when it is linked with LayoutDsl" >&2
    bad=$((bad + 1))
done
if [ $count = 0 ] || [ $bad != 0 ]; then
    echo "check: $bad of $count functions failed" >&2
    exit 1
fi
echo "check: $count functions print the same with both links"
