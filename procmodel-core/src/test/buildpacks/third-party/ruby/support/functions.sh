fetch_interpreter() {
  local dir="$1" url="$2"
  mkdir -p "$dir"
  curl --fail --silent --show-error --retry 3 --location "$url" | tar --strip-components=1 -xzf - -C "$dir"
  if [ "${PIPESTATUS[0]}" != 0 ]; then
    echo " !     cannot fetch the interpreter" && exit 1
  fi
}
