#!/usr/bin/env bash
# Compares whole processes on one big generated file: hyojun with cat, cp, iconv, uconv and nkf, page cache warm.
#
#   bash bench/end_to_end.sh [OUT.json]     every sample goes to OUT.json; default build/bench/end_to_end-<date>.json
#
#   HYOJUN_BENCH_RECORDS       residents in the file, default 10000000 (1.37 GB of UTF-8); made once
#   HYOJUN_BENCH_REPETITIONS   default 9; of the slow converters (iconv, uconv, nkf) at most 3
#   HYOJUN_BENCH_CACHE         folder for the files, default build/bench
#   HYOJUN_BENCH_HYOJUN        default build/release/hyojun
#   HYOJUN_BENCH_GENERATE      default build/release/bench/corpus_generate
# Exit 1: the machine was too noisy for a claim (spread of cat 5 % or more).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export HYOJUN_BENCH_CACHE=${HYOJUN_BENCH_CACHE:-$root/build/bench}
export HYOJUN_BENCH_HYOJUN=${HYOJUN_BENCH_HYOJUN:-$root/build/release/hyojun}
generate=${HYOJUN_BENCH_GENERATE:-$root/build/release/bench/corpus_generate}
records=${HYOJUN_BENCH_RECORDS:-10000000}
for program in "$HYOJUN_BENCH_HYOJUN" "$generate"; do
  if [ ! -x "$program" ]; then
    echo "end_to_end.sh: no program $program; build it first (-DHYOJUN_BENCH=ON)" >&2
    exit 4
  fi
done

mkdir -p "$HYOJUN_BENCH_CACHE"
for encoding in utf-8 cp932; do
  file=$HYOJUN_BENCH_CACHE/residents-$records-$encoding.csv
  if [ ! -f "$file" ]; then
    echo "making $file" >&2
    "$generate" --records "$records" --encoding "$encoding" > "$file.tmp"
    mv "$file.tmp" "$file"
  fi
done
exec python3 "$root/bench/end_to_end.py" "$HYOJUN_BENCH_CACHE/residents-$records" \
  "${1:-$root/build/bench/end_to_end-$(date +%Y%m%dT%H%M%S).json}"
