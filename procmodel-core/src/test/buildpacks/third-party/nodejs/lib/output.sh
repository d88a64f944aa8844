# Sourced. Log of the whole build besides what is shown.
BUILDPACK_LOG="${BUILDPACK_LOG_FILE:-/dev/null}"

header() {
  echo "" || true
  echo "-----> $*" || true
}

# sed -l buffers by line on BSD, -u does on GNU.
output() {
  local logfile="$1"
  local c='s/^/       /'

  case $(uname) in
    Darwin) tee -a "$logfile" | sed -l "$c" 2> /dev/null ;;
    *) tee -a "$logfile" | sed -u "$c" 2> /dev/null ;;
  esac
}

error() {
  echo " !     $*" >&2 || true
  echo ""
}
