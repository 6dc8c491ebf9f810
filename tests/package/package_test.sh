#!/usr/bin/env bash
# Installs a build into a new folder, builds the example against it with CMake and with pkg-config, and runs the
# installed program in a root that holds nothing else.
#
#   package_test.sh BUILD_FOLDER [CMAKE] [CXX]
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
build=$1
cmake=${2:-cmake}
cxx=${3:-c++}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix="$work/a folder"

part() { echo "-- $*"; }
fail() { echo "package_test: $*" >&2; exit 1; }

part "install"
"$cmake" --install "$build" --prefix "$prefix" > "$work/install.log"
for file in bin/hyojun include/hyojun/base/error.h include/hyojun/charmap/scanner.h include/hyojun/core/municipality_code.h \
            lib/pkgconfig/hyojun.pc lib/cmake/hyojun/hyojun-config.cmake share/hyojun/standard.hjt \
            share/doc/hyojun/LICENSE share/doc/hyojun/LICENSES/CC-BY-SA-2.1-JP.txt share/man/man1/hyojun.1 \
            share/man/ja/man1/hyojun.1 share/bash-completion/completions/hyojun; do
  [ -s "$prefix/$file" ] || fail "$file is not installed"
done

part "the folder was moved"
mv "$prefix" "$prefix moved"
prefix="$prefix moved"

part "the example by find_package"
"$cmake" -S "$here/example" -B "$work/example" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER="$cxx" \
  -DCMAKE_CXX_FLAGS="-Wall -Wextra -Werror" -Dhyojun_DIR="$prefix/lib/cmake/hyojun" > "$work/configure.log" ||
  { cat "$work/configure.log"; fail "configure"; }
"$cmake" --build "$work/example" > "$work/build.log" || { cat "$work/build.log"; fail "build"; }
"$work/example/example" | diff "$here/example/expected.txt" - || fail "the example says something else"

part "the example by pkg-config"
export PKG_CONFIG_PATH="$prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
# pkg-config writes the spaces of the path with backslashes; xargs takes them out.
mapfile -t flags < <(pkg-config --cflags --libs hyojun | xargs -n 1)
"$cxx" -std=c++20 "$here/example/main.cc" "${flags[@]}" -o "$work/example_pc"
"$work/example_pc" | diff "$here/example/expected.txt" - || fail "the example says something else"

part "the program finds its libraries in the folder"
for library in "$prefix"/lib/*.so*; do
  LD_DEBUG=libs "$prefix/bin/hyojun" --version 2>&1 | grep -F "calling init: $prefix" | grep -qF "/lib/$(basename "$library")" ||
    fail "$(basename "$library") is taken from elsewhere"
done
cmp "$prefix/share/hyojun/standard.hjt" "$build/charmap/standard.hjt"

part "a bare root"
if [ "$(id -u)" = 0 ] && chroot / true 2> /dev/null; then
  enter=(chroot)
elif unshare -r chroot / true 2> /dev/null; then
  enter=(unshare -r chroot)
else
  echo "SKIPPED: neither chroot nor unshare -r is allowed here; the bare root was not tried" >&2
  exit 0
fi
root="$work/root"
"$cmake" --install "$build" --prefix "$root" --component runtime > "$work/install.log"
"$cmake" --install "$build" --prefix "$root" --component bare_root > "$work/install.log"
printf 'name\n渡邉\n' > "$root/good.csv"
printf 'name\n张\n' > "$root/bad.csv"
in_root() {
  local expected=$1 status=0
  shift
  "${enter[@]}" "$root" /bin/hyojun "$@" > "$work/out.txt" 2>&1 || status=$?
  [ "$status" = "$expected" ] || { cat "$work/out.txt"; fail "hyojun $* ended with $status, not $expected"; }
}
in_root 0 --version
"${enter[@]}" "$prefix" /bin/hyojun --version > "$work/out.txt" || fail "the complete installation is no bare root"
in_root 0 table info --verify
in_root 0 table info --table /share/hyojun/standard.hjt
in_root 0 identify /good.csv
in_root 1 identify /bad.csv --exceptions /exceptions.xlsx --json
grep -qF '"hyojun.identify/1"' "$work/out.txt" || fail "no report"
head -c 2 "$root/exceptions.xlsx" | grep -qF PK || fail "no workbook"
echo "the package is complete"
