# Sourced by the scripts of this repository: finds the programs they need and installs those that are missing.
# Installs nothing that is there, so that a second run needs no network.

# need PROGRAM PACKAGE: remembers the Debian package of a program that is missing.
missing_packages=()
need() {
    if ! command -v "$1" >/dev/null 2>&1; then
        echo "missing: $1 (package $2)"
        missing_packages+=("$2")
    fi
}

# need_file FILE PACKAGE: the same for a file, such as a static library.
need_file() {
    if [ ! -e "$1" ]; then
        echo "missing: $1 (package $2)"
        missing_packages+=("$2")
    fi
}

# Installs what was found missing.
install_missing() {
    [ ${#missing_packages[@]} = 0 ] && return 0
    local root=()
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null 2>&1; then
            echo "Run as root, or install these packages first: ${missing_packages[*]}" >&2
            return 1
        fi
        root=(sudo)
    fi
    echo "installing: ${missing_packages[*]}"
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing_packages[@]}" >/dev/null
    missing_packages=()
    hash -r
}

need_dotnet() {
    if ! command -v dotnet >/dev/null 2>&1; then
        echo "The .NET SDK 10 is missing: see https://dotnet.microsoft.com/download" >&2
        return 1
    fi
}

need_toolchain() {
    need gcc gcc
    need_file /usr/include/stdio.h libc6-dev
    need g++ g++
    need ld binutils
    need make make
}

# Assemblers, linkers and processors of other machines, for the tests that link and run jumps of each, and the other linkers (gold is in binutils).
need_machines() {
    need aarch64-linux-gnu-ld binutils-aarch64-linux-gnu
    need riscv64-linux-gnu-ld binutils-riscv64-linux-gnu
    need arm-none-eabi-ld binutils-arm-none-eabi
    need aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu
    need_file /usr/aarch64-linux-gnu/lib/libc.a libc6-dev-arm64-cross
    need qemu-aarch64 qemu-user
    need ld.lld lld
}

# What examples/Firmware is built with and runs in.
need_firmware() {
    need arm-none-eabi-gcc gcc-arm-none-eabi
    need qemu-system-arm qemu-system-arm
}

# The static libraries that examples/Services and tests link: one file that each of their packages has.
need_libraries() {
    local library
    for library in libsqlite3:libsqlite3-dev libz:zlib1g-dev libzstd:libzstd-dev liblua5.4:liblua5.4-dev libmbedtls:libmbedtls-dev \
        libexpat:libexpat1-dev libpcre2-8:libpcre2-dev libjansson:libjansson-dev; do
        need_file "/usr/lib/$(uname -m)-linux-gnu/${library%%:*}.a" "${library#*:}"
    done
}
