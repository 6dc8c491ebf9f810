#!/usr/bin/env bash
# Makes the files of data/samples again.
#
#   bash bench/make_samples.sh [PROGRAM]            replaces them; PROGRAM defaults to build/release/bench/sample_generate
#   bash bench/make_samples.sh --check [PROGRAM]    compares instead; exit 1 and a list on any difference
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
samples="$root/data/samples"
mode=make
if [ "${1-}" = --check ]; then
  mode=check
  shift
fi
program=${1:-$root/build/release/bench/sample_generate}
if [ ! -x "$program" ]; then
  echo "make_samples.sh: no program $program; build it first (target sample_generate)" >&2
  exit 4
fi

if [ "$mode" = make ]; then
  "$program" "$samples"
  exit
fi

made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
"$program" "$made"
failed=0
for file in "$made"/*; do
  name=${file##*/}
  cmp -s "$file" "$samples/$name" || { echo "differs: data/samples/$name" >&2; failed=1; }
done
exit "$failed"
