#!/usr/bin/env bash
# Runs the benchmarks and prints tables of medians, spread and ratios.
#
#   bash bench/run.sh [OUT.json]     every sample goes to OUT.json; default build/bench/<date>.json
#
#   HYOJUN_BENCH_PROGRAM       default build/release/bench/charmap_bench
#   HYOJUN_BENCH_MB            megabytes of UTF-8 in memory per corpus, default 64; 256 for figures that are to be published
#   HYOJUN_BENCH_CORPORA       of standard,rare20,only_rare,quoted; default all
#   HYOJUN_BENCH_FILTER        only rows whose name matches this regular expression
#   HYOJUN_BENCH_REPETITIONS   default 15
#   HYOJUN_BENCH_CPU           pin to this processor
# Exit 1: the machine was too noisy for a claim (spread of memcpy or ICU 5 % or more).
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${HYOJUN_BENCH_PROGRAM:-$root/build/release/bench/charmap_bench}
out=${1:-$root/build/bench/$(date +%Y%m%dT%H%M%S).json}
if [ ! -x "$program" ]; then
  echo "run.sh: no program $program; build it first (-DHYOJUN_BENCH=ON, target charmap_bench)" >&2
  exit 4
fi

pin=()
if [ -n "${HYOJUN_BENCH_CPU-}" ]; then pin=(taskset -c "$HYOJUN_BENCH_CPU"); fi
mkdir -p "$(dirname "$out")"
"${pin[@]}" "$program" --benchmark_repetitions="${HYOJUN_BENCH_REPETITIONS:-15}" \
  --benchmark_filter="${HYOJUN_BENCH_FILTER:-.}" --benchmark_enable_random_interleaving=true \
  --benchmark_out="$out" --benchmark_out_format=json > /dev/null 2> "$out.log" || { cat "$out.log" >&2; exit 4; }
rm "$out.log"
python3 "$root/bench/table.py" "$out" || { code=$?; echo "samples: $out"; exit "$code"; }
echo "samples: $out"
