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

# What Go and git say where it is the network, or the module proxy, that fails.
unreachable='dial tcp|i/o timeout|no such host|connection re(set|fused)|TLS handshake|unexpected EOF|proxyconnect|Could not resolve host|: (403|404|410|429|5[0-9][0-9]) |server response'

# fetching NAME COMMAND...: runs what may fetch modules, again where they could not be had. Where they cannot be had at all the script ends with 3:
# that says nothing of what was to be built.
fetching() {
  local name="$1" said
  shift
  for pause in 5 20 0; do
    said="$("$@" 2>&1)" && return
    [[ "$said" =~ $unreachable ]] || break
    sleep "$([[ -n "${GO_FETCH_PAUSE-}" ]] && echo "$GO_FETCH_PAUSE" || echo "$pause")"
  done
  echo "$said" >&2
  [[ "$said" =~ $unreachable ]] || exit 1
  echo "the Go modules cannot be fetched from here: $name is not built" >&2
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
  export GOBIN="$work"
  fetching "$1" go install "$2"
  mv "$work/$1" "$3/$1"
  rmdir "$work"
}
