#!/usr/bin/env bash
# The OpenTelemetry Collector with what test/collector/builder.yaml names, built by the official builder into .cache/collector.
#   scripts/collector.sh build          builds it where that has not been done, and prints the path of the program
#   scripts/collector.sh start [FILE]   builds it and runs it here, with test/collector/collector.yaml or another configuration
# Ends with 3 where this machine has no Go, or cannot fetch its modules.
set -euo pipefail
# shellcheck source=scripts/go.sh
source "$(dirname "${BASH_SOURCE[0]}")/go.sh"

parts="$root/test/collector/builder.yaml"
version="$(sed -n 's/^ *version: *//p' "$parts")"
folder="$cache/collector"
program="$folder/otelcol-logbridge"

build() {
  if [[ -x "$program" ]] && cmp -s "$parts" "$folder/builder.yaml"; then return; fi
  need_go "the collector"
  install_go builder "go.opentelemetry.io/collector/cmd/builder@v$version" "$folder/builder-$version"
  echo "building the collector $version …" >&2
  local work
  work="$(mktemp -d "$folder/build.XXXXXX")"
  pushd "$work" >/dev/null
  fetching "the collector" "$folder/builder-$version/builder" --config="$parts"
  popd >/dev/null
  mv "$work/dist/otelcol-logbridge" "$program"
  cp "$parts" "$folder/builder.yaml"
  rm -r "$work"
}

case "${1-}" in
  build)
    build
    echo "$program"
    ;;
  start)
    build
    export OTELCOL_OUT="${OTELCOL_OUT:-$folder/out.jsonl}"
    exec "$program" --config="${2-$root/test/collector/collector.yaml}"
    ;;
  *)
    sed -n '2,5s/^# //p' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac
