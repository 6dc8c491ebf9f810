#!/usr/bin/env bash
# From a fresh Debian 12 to the identification of the sample: installs what is missing, builds, runs.
#
#   bash cli/quickstart.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=cli/package/apt.sh
source cli/package/apt.sh

echo "== 1/3 packages"
install_missing "${hyojun_build_packages[@]}" fonts-ipamj-mincho

echo "== 2/3 build/release/hyojun (some minutes)"
configure=(cmake --preset release)
# Tests and benchmarks need more packages: tests/run.sh installs them and turns both on.
[ -f build/release/CMakeCache.txt ] || configure+=(-DHYOJUN_TESTS=OFF -DHYOJUN_BENCH=OFF)
"${configure[@]}" > /dev/null
cmake --build build/release --target hyojun hyojun_generated --parallel "$(parallel_jobs)"

# The sample has exceptions, so that 1 ("ran, and found exceptions") is the right end.
identify() {
  local status=0
  echo
  printf '$ build/release/hyojun identify'
  printf ' %q' "$@"
  echo
  build/release/hyojun identify "$@" || status=$?
  [ "$status" = 1 ] || { echo "quickstart.sh: identify ended with $status instead of 1" >&2; exit 70; }
}

echo "== 3/3 the characters of two files of residents (made up)"
identify data/samples/residents_utf8.csv
identify data/samples/residents_cp932.csv --profile data/samples/sample.profile.json

cat << END

== done. Exit code 1 means: ran, and found exceptions. Next:
  build/release/hyojun identify YOUR.csv --encoding cp932 --exceptions exceptions.xlsx
  build/release/hyojun char 邉
  build/release/hyojun --help
  cmake --build build/release --target portable    # build/release/portable: a folder to copy
  bash tests/run.sh                                # all tests
END
