#!/bin/bash
# check.sh DIR: compares what the images in DIR printed with expected/NAME.txt.
set -u
here=$(cd "$(dirname "$0")" && pwd)
dir=${1:?usage: check.sh DIR}
bad=0 count=0
for image in "$dir"/*.elf; do
    name=$(basename "$image" .elf)
    count=$((count + 1))
    if ! diff -u "$here/expected/$name.txt" "$dir/$name.out"; then
        bad=$((bad + 1))
    fi
done
if [ $count = 0 ] || [ $bad != 0 ]; then
    echo "check: $bad of $count outputs differ" >&2
    exit 1
fi
echo "check: $count outputs are as expected"
