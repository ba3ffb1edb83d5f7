#!/bin/bash
# Builds the images of this folder as their project builds them, under a capture, takes the build over, links it again, boots both
# links and compares them. The repository's examples/run.sh prepares what it needs.
set -euo pipefail
cd "$(dirname "$0")"

# One source is changed for a while below. Whatever happens, it and what is under version control are again as they were; make sees that the source is another one than it built.
changed=lib/unwind/frames.c
kept=$(mktemp -d)
restore() {
    [ ! -f "$kept/source" ] || cp "$kept/source" "$changed"
    [ ! -f "$kept/layout" ] || cp "$kept/layout" kiln.layout
    [ ! -f "$kept/lock" ] || cp "$kept/lock" kiln.layout.lock
    rm -rf "$kept"
}
trap restore EXIT
trap 'exit 130' INT TERM
fail() { echo "$*" >&2; exit 1; }

layout=../../src/LayoutDsl.Cli/bin/Release/net10.0/layout

# seal is the project's own tool; others are known. A capture that is there goes on with what make builds again; the first one needs a build from the start.
[ -d kiln.capture ] || make -s clean
echo "-- build under a capture"
build() {
    "$layout" capture -o kiln.capture --tool seal -- make -s -j"$(nproc)" >"$kept/make.log" 2>&1 || { tail -n 20 "$kept/make.log" >&2; exit 1; }
    tail -n 1 "$kept/make.log"
}
build

echo "-- take it over"
"$layout" adopt kiln.capture -o kiln.layout

echo "-- link again, and prove that each image is as planned and as the build has it"
"$layout" relink kiln.layout -o out/relinked --verify
"$layout" relink kiln.layout -o out/relinked | grep -q ' 9 up to date' || fail "a second relink did something"

# What the steps after the link made of each image: the file that the build gives its users.
mkdir -p out/adopted
for image in out/*.elf; do
    name=$(basename "$image" .elf)
    cp "out/relinked/$name/$name.elf" "out/adopted/$name.elf"
done
for link in out out/adopted; do
    bash boot.sh "$link"
done

echo "-- shared pages"
"$layout" share out/relinked --layout kiln.layout --against out

echo "-- change a source of a library that two images have, build, adopt and link again"
cp kiln.layout "$kept/layout"
cp kiln.layout.lock "$kept/lock"
cp "$changed" "$kept/source"
printf '\nstatic __attribute__((used)) unsigned changed(unsigned x)\n{\n    return x * x + 1;\n}\n' >>"$changed"
build
"$layout" adopt kiln.capture -o kiln.layout
touch "$kept/before"
"$layout" relink kiln.layout -o out/relinked --verify | tee "$kept/relink.log"
grep -q 'linked 2 images into out/relinked, 7 up to date, 0 failed' "$kept/relink.log" || fail "other images were linked than the two that have the library"
linked=$(find out/relinked -maxdepth 1 -name '*.elf' -newer "$kept/before" -printf '%f\n' | sort | tr '\n' ' ')
[ "$linked" = "keys.elf scheme.elf " ] || fail "linked again: $linked"
others() { grep -v '"unwind"' "$1"; }
diff <(others "$kept/lock") <(others kiln.layout.lock) || fail "a slot of another library moved"
diff "$kept/lock" kiln.layout.lock >"$kept/lock.diff" && fail "the lock says nothing of the change"
echo "what the lock says of it: $(grep -c '^>' "$kept/lock.diff") line(s), of unwind only"
"$layout" relink kiln.layout -o out/relinked | grep -q 'linked 0 images into out/relinked, 9 up to date, 0 failed' || fail "a relink without a change did something"
