#!/usr/bin/env bash
# Everything that must hold before a change is taken. Installs what is missing on a Debian 12, builds with warnings as
# errors, and stops at the first part that fails. The summary of the release tests comes last.
#
#   bash tests/run.sh
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
# shellcheck source=cli/package/apt.sh
source cli/package/apt.sh
export PYTHONDONTWRITEBYTECODE=1
# One compiler cache for all clones, wherever they lie.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=true

name=start
trap '[ $? = 0 ] || echo "FAILED: $name" >&2' EXIT
part() {
  name=$1
  printf '== %s (%d s)\n' "$name" "$SECONDS"
}

# The files to be committed; all files where this is no git repository (a copied folder).
sources() {
  if git rev-parse --is-inside-work-tree > /dev/null 2>&1; then
    git ls-files -z --cached --others --exclude-standard -- "$@" | while IFS= read -rd '' file; do
      [ ! -f "$file" ] || printf '%s\0' "$file"
    done
  else
    local pattern
    for pattern in "$@"; do
      find . -path ./build -prune -o -name "${pattern##*/}" -type f -print0
    done
  fi
}

build() {
  cmake --preset "$1" -DHYOJUN_TESTS=ON -DHYOJUN_BENCH=ON -DHYOJUN_WERROR=ON > /dev/null
  cmake --build "build/$1" --parallel "$jobs"
}

part "packages"
install_missing "${hyojun_build_packages[@]}" libgtest-dev libbenchmark-dev fonts-ipamj-mincho ccache clang-format-14 shellcheck python3 \
  unzip mandoc
# The review page is tried in a real browser; without one that test says so and is skipped.
install_missing chromium || echo "Chromium cannot be installed: the review page will not be tried in a browser" >&2
jobs=$(parallel_jobs)

part "format of the C++ sources"
sources '*.cc' '*.h' | xargs -0 clang-format-14 --dry-run -Werror

part "scripts"
sources '*.sh' | xargs -0 shellcheck -x --severity=warning --exclude=SC2209 .ci/run  # 2209: mode=make

part "data"
python3 data/scripts/test_data.py
bash data/make.sh --check

part "release build"
build release

part "samples"
bash bench/make_samples.sh --check
python3 data/scripts/tracker_samples.py --check
python3 data/scripts/font_samples.py --check

part "build with AddressSanitizer and UndefinedBehaviorSanitizer"
build sanitize

part "tests with the sanitizers"
ctest --preset sanitize --parallel "$jobs" --label-exclude '^(slow|package)$'

part "tests"
ctest --preset release --parallel "$jobs"
