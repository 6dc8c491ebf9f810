# shellcheck shell=bash disable=SC2034
# Sourced by cli/quickstart.sh and tests/run.sh: the packages of Debian 12, and how many compilers fit into the memory.

hyojun_build_packages=(g++ cmake ninja-build pkg-config libboost-program-options-dev libexpat1-dev libexpected-dev libfmt-dev
  libfreetype-dev libicu-dev libpng-dev libsqlite3-dev libssl-dev libxlsxwriter-dev libzip-dev nlohmann-json3-dev zlib1g-dev)

# Installs those of the named packages that are missing.
install_missing() {
  local missing=() package
  for package in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2> /dev/null || true)" = installed ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  local as_root=()
  if [ "$(id -u)" != 0 ]; then
    command -v sudo > /dev/null || {
      echo "these packages are missing; install them as root: apt-get install ${missing[*]}" >&2
      return 4
    }
    as_root=(sudo)
  fi
  echo "== installing with apt-get: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0)
  "${apt[@]}" update
  "${apt[@]}" install -y --no-install-recommends "${missing[@]}" > /dev/null
}

# One compiler a core, and 1.5 GB for each.
parallel_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 1572864) }' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo $((cores < memory ? cores : memory))
}
