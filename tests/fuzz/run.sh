#!/usr/bin/env bash
# Builds the fuzz targets with clang and runs each for a while: bash tests/fuzz/run.sh [SECONDS]
# The targets are those of CMakeLists.txt; HYOJUN_FUZZ_TARGETS="layout manifest" runs only some.
# New inputs and findings go to a folder of their own under the build folder, never into the corpus.
set -euo pipefail
seconds=${1:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${HYOJUN_FUZZ_BUILD:-$root/build/fuzz}
suffix=$(command -v clang++-14 > /dev/null && echo -14 || true)
cmake -S "$root" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo -DHYOJUN_FUZZ=ON -DHYOJUN_WERROR=OFF \
  -DHYOJUN_BENCH=OFF \
  -DCMAKE_C_COMPILER="clang$suffix" -DCMAKE_CXX_COMPILER="clang++$suffix" -DCMAKE_ASM_COMPILER="clang$suffix" \
  -DCMAKE_CXX_FLAGS="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined" \
  -DCMAKE_EXE_LINKER_FLAGS="-fsanitize=address,undefined" > /dev/null
mapfile -t targets < "$build/tests/fuzz/targets"
if [ -n "${HYOJUN_FUZZ_TARGETS-}" ]; then read -ra targets <<< "$HYOJUN_FUZZ_TARGETS"; fi
cmake --build "$build" --parallel --target "${targets[@]/#/fuzz_}"
for target in "${targets[@]}"; do
  echo "== $target, $seconds s"
  mkdir -p "$build/found/$target"
  "$build/tests/fuzz/fuzz_$target" -max_total_time="$seconds" -max_len=4096 -print_final_stats=0 -verbosity=0 \
    -artifact_prefix="$build/found/$target-" "$build/found/$target" "$root/tests/fuzz/corpus/$target"
done
