#!/bin/bash
# check.sh DIR: runs each program in DIR and compares what it prints with expected/NAME.txt.
set -u
here=$(cd "$(dirname "$0")" && pwd)
dir=${1:?usage: check.sh DIR}
bad=0 count=0
for expected in "$here"/expected/*.txt; do
    name=$(basename "$expected" .txt)
    count=$((count + 1))
    output=$(timeout 60 "$dir/$name.elf" 2>&1)
    status=$?
    if [ $status != 0 ]; then
        echo "$name: ended with status $status" >&2
    elif diff -u --label "$name: expected" --label "$name: printed" "$expected" - <<<"$output"; then
        echo "$name: ok"
        continue
    fi
    bad=$((bad + 1))
done
if [ $count = 0 ] || [ $bad != 0 ]; then
    echo "check: $bad of $count programs failed" >&2
    exit 1
fi
echo "check: $count programs ran as expected"
