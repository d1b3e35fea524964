#!/usr/bin/env bash
# Measures this program beside what people would use instead, on the same files in the same run:
#
#   benches/compare.sh [XS|S|M|L|XL] [--rounds 5] [--peers calamine,calamine-2,…] [--full]
#
# Prints a table, which is also kept as target/bench/result-<shape>.md; ends with status 1 where results differ from the
# truth. Everything that it makes or fetches is below target/bench. Without Python or Node, their peers are left out;
# --peers "" leaves out all.
set -euo pipefail
cd "$(dirname "$0")/.."

shape=M
peers=all
options=()
while [ $# -gt 0 ]; do
  case "$1" in
    XS|S|M|L|XL) shape=$1; shift ;;
    --peers) peers=$2; options+=("$1" "$2"); shift 2 ;;
    --rounds) options+=("$1" "$2"); shift 2 ;;
    --full) options+=("$1"); shift ;;
    *) sed -n '2,8p' "$0" >&2; exit 2 ;;
  esac
done

built=${CARGO_TARGET_DIR:-target}
work=$built/bench
mkdir -p "$work"
cargo build --release --locked --bin tonghop --example workload --example floor --example compare

# The workload: made again when what it is made by has changed.
truth=$work/$shape/truth.json
if [ ! -f "$truth" ] || [ -n "$(find benches/workload benches/job -newer "$truth" -type f)" ]; then
  rm -rf "${work:?}/$shape"
  "$built/release/examples/workload" "$shape" "$work/$shape"
fi

if [ -n "$peers" ] && command -v python3 >/dev/null; then
  if [ ! -f "$work/venv/ready" ] || [ benches/peers/requirements.txt -nt "$work/venv/ready" ]; then
    python3 -m venv "$work/venv"
    "$work/venv/bin/pip" install --quiet --disable-pip-version-check -r benches/peers/requirements.txt
    touch "$work/venv/ready"
  fi
  options+=(--python "$work/venv/bin/python")
fi

if [ -n "$peers" ] && command -v node >/dev/null && command -v npm >/dev/null; then
  if [ ! -f "$work/node/ready" ] || [ benches/peers/package.json -nt "$work/node/ready" ]; then
    mkdir -p "$work/node"
    cp benches/peers/package.json "$work/node/"
    npm install --prefix "$work/node" --no-package-lock --no-audit --no-fund --loglevel=error
    touch "$work/node/ready"
  fi
  options+=(--node-modules "$PWD/$work/node/node_modules")
fi

exec "$built/release/examples/compare" "$work/$shape" --shape "$shape" --table "$work/result-$shape.md" "${options[@]}"
