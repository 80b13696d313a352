#!/usr/bin/env bash
# VictoriaLogs, a store for logs with a page to look at them, built from its Go module into .cache/store.
#   scripts/store.sh build           builds it where that has not been done, and prints the path of the program
#   scripts/store.sh start [ARG …]   builds it and runs it here, on 127.0.0.1:9428 where no argument is given
# Ends with 3 where this machine has no Go, or cannot fetch its modules.
set -euo pipefail
# shellcheck source=scripts/go.sh
source "$(dirname "${BASH_SOURCE[0]}")/go.sh"

version="1.52.1"
folder="$cache/store/$version"
program="$folder/victoria-logs"

build() {
  install_go victoria-logs "github.com/VictoriaMetrics/VictoriaLogs/app/victoria-logs@v$version" "$folder"
}

case "${1-}" in
  build)
    build
    echo "$program"
    ;;
  start)
    build
    shift
    # Each address that is named is one more to listen on, so the usual one is left out where another is given.
    (($# > 0)) || set -- -httpListenAddr=127.0.0.1:9428 -storageDataPath="$cache/store/data"
    exec "$program" "$@"
    ;;
  *)
    sed -n '2,5s/^# //p' "${BASH_SOURCE[0]}" >&2
    exit 2
    ;;
esac
