#!/usr/bin/env bash
# Checks that every crate of the workspace compiles for Windows (x86_64-pc-windows-gnu), including the C++ of Luau.
# Nothing is linked or run: the behaviour on Windows is not tested here.
#
#   checks/windows-compile.sh
#
# Needs Debian, the toolchain of rust-toolchain.toml and a C compiler. The rest comes from the crate registry and from
# the configured Debian mirror: the source of the standard library of exactly that toolchain, and MinGW. Both are
# unpacked below target/windows-check and reused by the next run; nothing is installed, and root is not needed.
#
# Exits with status 0 if the program compiles, else with another one. If a requirement is missing, it prints one line
# `skipped: …` with the reason and exits with status 0.
set -euo pipefail
cd "$(dirname "$0")/.."

target=x86_64-pc-windows-gnu
gxx=x86_64-w64-mingw32-g++-posix
dlltool=x86_64-w64-mingw32-dlltool
# The Debian suite with the newer Rust toolchains, several versions side by side.
rust_suite=trixie-backports
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

work=$PWD/target/windows-check
log=$work/log
mkdir -p "$work"
: >"$log"

skip() {
  echo "skipped: $1"
  exit 0
}

pinned=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' rust-toolchain.toml)
for program in cargo rustc; do
  command -v "$program" >/dev/null || skip "no $program"
done
found=$(rustc --version | cut -d' ' -f2) || skip "rustc $pinned cannot be started"
[ "$found" = "$pinned" ] || skip "rustc is $found, rust-toolchain.toml says $pinned"
host=$(rustc -vV | sed -n 's/^host: //p')
sysroot=$(rustc --print sysroot)

# --- Packages from Debian ---

# Runs apt-get on one suite with separate lists and downloads: the machine's apt stays unchanged, and because its lock
# is not needed, neither is root.
apt_of() {
  local suite=$1
  shift
  apt-get --yes \
    -o Dir::Etc::SourceList="$work/apt/$suite/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o Dir::State::lists="$work/apt/$suite/lists" -o Dir::Cache="$work/apt/$suite" \
    -o Debug::NoLocking=true -o APT::Sandbox::User=root -o APT::Update::Error-Mode=any \
    -o APT::Install-Recommends=false -o Acquire::Languages=none \
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false \
    -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o Acquire::https::Timeout=20 \
    "$@" >>"$log" 2>&1
}

# Sets `mirror` and `release` from the machine's apt sources, and fetches the package list of suite $1, by default of
# the machine's own release.
open_suite() {
  local program suite
  for program in apt-get dpkg-deb; do
    command -v "$program" >/dev/null || skip "no $program: only Debian has the parts this check needs"
  done
  # shellcheck disable=SC2016 # apt fills in $(…), awk the rest
  read -r mirror release < <(
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' 2>>"$log" |
      awk '$1 ~ /\/debian\/([0-9TZ]+\/)?$/ && $2 !~ /-/ && $3 == "main" { print $1, $2; exit }'
  ) || skip "the sources of apt name no mirror of Debian"
  suite=${1:-$release}
  rm -rf "$work/apt"
  mkdir -p "$work/apt/$suite/lists/partial" "$work/apt/$suite/archives/partial"
  echo "deb [signed-by=$keyring] $mirror $suite main" >"$work/apt/$suite/sources.list"
  apt_of "$suite" update || skip "no list of packages of $suite ($log)"
}

# Unpacks `library/` of the package rust-src to $1.
unpack_std() {
  open_suite "$rust_suite"
  local archives=$work/apt/$rust_suite/archives
  (cd "$archives" && apt_of "$rust_suite" download "rust-src=$pinned+*") ||
    skip "no rust-src $pinned in $rust_suite ($log)"
  rm -rf "$1.part"
  mkdir "$1.part"
  dpkg-deb --fsys-tarfile "$archives"/rust-src_*.deb |
    tar -x -C "$1.part" --strip-components=4 --wildcards './usr/src/*/library' || skip "rust-src cannot be unpacked"
  mv "$1.part" "$1"
  rm -r "$work/apt"
}

# Unpacks MinGW and its missing dependencies to $1. It works from any folder.
unpack_mingw() {
  open_suite
  local archive
  apt_of "$release" install --download-only g++-mingw-w64-x86-64-posix || skip "no MinGW in $release ($log)"
  rm -rf "$1.part"
  mkdir "$1.part"
  for archive in "$work/apt/$release/archives"/*.deb; do
    dpkg-deb --extract "$archive" "$1.part" 2>>"$log" || skip "$(basename "$archive") cannot be unpacked ($log)"
  done
  mv "$1.part" "$1"
  rm -r "$work/apt"
}

std=$sysroot/lib/rustlib/src/rust
if [ ! -d "$std/library" ]; then
  std=$work/std-$pinned
  [ -d "$std" ] || unpack_std "$std"
fi

if ! command -v "$gxx" >/dev/null || ! command -v "$dlltool" >/dev/null; then
  [ -d "$work/mingw" ] || unpack_mingw "$work/mingw"
  PATH=$work/mingw/usr/bin:$PATH
fi
echo 'int f() { throw 1; }' | "$gxx" -x c++ -c - -o "$work/probe.o" 2>>"$log" || skip "$gxx does not work here ($log)"

# --- The check ---

# A sysroot of links with the toolchain and the source of std, as cargo expects it; the toolchain is not changed.
mkdir -p "$work/sysroot/lib/rustlib/src"
ln -sfn "$sysroot/lib/rustlib/$host" "$work/sysroot/lib/rustlib/$host"
ln -sfn "$std" "$work/sysroot/lib/rustlib/src/rust"
printf '#!/bin/sh\nexec "%s/bin/rustc" --sysroot "%s" "$@"\n' "$sysroot" "$work/sysroot" >"$work/rustc"
chmod +x "$work/rustc"

export PATH RUSTC=$work/rustc CXX_x86_64_pc_windows_gnu=$gxx
# Only for -Zbuild-std: toolchains do not include std for Windows unless it is downloaded separately.
export RUSTC_BOOTSTRAP=1
build_std=-Zbuild-std=std,panic_abort,panic_unwind

# Fetched first, so that a later failure without the network is caused by the program.
no_network='network error|could not resolve|failed to download|download of .* failed|--offline was'
if ! cargo fetch --locked "$build_std" --target "$target" --target "$host" 2>"$work/fetch"; then
  if grep -qiE -e "$no_network" "$work/fetch"; then
    skip "crates cannot be fetched ($work/fetch)"
  fi
  cat "$work/fetch" >&2
  exit 1
fi

# Only build scripts and macros are ever run, so nothing is optimised.
cargo check --workspace --locked --offline "$build_std" --target "$target" --target-dir "$work/build" \
  --config 'profile.dev.package."*".opt-level=0' --config profile.dev.debug=false --config profile.dev.incremental=false
echo "compiles for $target"
