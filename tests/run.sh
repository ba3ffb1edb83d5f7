#!/bin/bash
# Builds everything and runs all tests. The last line counts them, from the results that the test runner wrote.
set -euo pipefail
cd "$(dirname "$0")/.."
. examples/prerequisites.sh

need_dotnet
need_toolchain
need qemu-system-x86_64 qemu-system-x86
need_machines
need_libraries
need cmake cmake
need chromium chromium
install_missing

dotnet build -c Release LayoutDsl.sln -v quiet --nologo

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
SNAPSHOOTER_STRICT_MODE=on dotnet test LayoutDsl.sln -c Release --no-build --nologo -v quiet \
    --logger trx --results-directory "$results" || status=$?

# The sum of one attribute of the <Counters> of all result files.
count() { cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*>' | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ n += $1 } END { print n + 0 }'; }
passed=$(count passed)
failed=$(( $(count total) - passed - $(count notExecuted) ))
if [ "$passed" = 0 ]; then
    echo "no test ran" >&2
    status=1
fi
[ "$failed" = 0 ] || status=1
echo "$passed passed, $failed failed"
exit "$status"
