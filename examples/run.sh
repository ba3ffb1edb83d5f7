#!/bin/bash
# The main job: builds everything, links the example fleets twice (the usual command line, and LayoutDsl), boots the unikernels and
# runs the services and the firmware, takes a build over that knows nothing of LayoutDsl, compares what they print, and reports the pages that are shared.
set -euo pipefail
cd "$(dirname "$0")/.."
. examples/prerequisites.sh

step() { printf '\n== %s\n' "$*"; }

step "What is needed"
need_dotnet
need_toolchain
need qemu-system-x86_64 qemu-system-x86
need_firmware
need_libraries
install_missing
echo "all there"

step "Build the compiler and the tool"
dotnet build -c Release LayoutDsl.sln -v quiet --nologo

step "Unikernels"
bash examples/Unikernels/run.sh

step "Services"
bash examples/Services/run.sh

step "Firmware"
bash examples/Firmware/run.sh

step "A build that is taken over"
bash examples/Adopted/run.sh
