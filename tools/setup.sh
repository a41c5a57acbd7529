#!/bin/sh
# Installs what the full build needs and is missing: libclang (RocksDB's bindings are generated
# with it) and a C++ compiler. Does nothing where both are there. Debian and Ubuntu.
set -eu

has_libclang() {
    [ -n "${LIBCLANG_PATH:-}" ] || ls /usr/lib/llvm-*/lib/libclang*.so* /usr/lib/*/libclang*.so* 2>/dev/null |
        grep -qv cpp
}

if has_libclang && command -v c++ >/dev/null; then
    exit 0
fi
run=
[ "$(id -u)" -eq 0 ] || run=sudo
if ! command -v apt-get >/dev/null; then
    echo "setup: install libclang (its development package) and a C++ compiler, then try again" >&2
    exit 1
fi
$run apt-get update -qq
DEBIAN_FRONTEND=noninteractive $run apt-get install -y -qq --no-install-recommends libclang-dev g++
