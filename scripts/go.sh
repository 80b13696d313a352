# Sourced by the scripts that build programs from Go modules.
# shellcheck shell=bash

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
# shellcheck disable=SC2034 # read by those who source this
cache="$root/.cache"

# Ends the script with 3 and one line where this machine has no Go.
need_go() {
  command -v go >/dev/null && return
  echo "Go is not installed: $1 is not built" >&2
  exit 3
}

# install_go PROGRAM MODULE@VERSION FOLDER: the program of that module, in that folder. Nothing is there before it is whole.
install_go() {
  [[ -x "$3/$1" ]] && return
  need_go "$1"
  echo "building $2 …" >&2
  mkdir -p "$3"
  local work
  work="$(mktemp -d "$3/build.XXXXXX")"
  GOBIN="$work" go install "$2" >&2
  mv "$work/$1" "$3/$1"
  rmdir "$work"
}
