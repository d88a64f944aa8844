# Sourced. What of the config vars a build may see, and what later buildpacks and dynos shall see.
readonly NOT_TO_EXPORT='^(PATH|GIT_DIR|CPATH|CPPATH|LD_PRELOAD|LIBRARY_PATH|LANG|BUILD_DIR)$'

export_env_dir() {
  local env_dir=$1
  if [ -d "$env_dir" ]; then
    local whitelist_regex=${2:-''}
    for e in $(ls "$env_dir"); do
      echo "$e" | grep -E "$whitelist_regex" | grep -qvE "$NOT_TO_EXPORT" \
        && export "$e=$(cat "$env_dir/$e")"
      :
    done
  fi
}

create_default_env() {
  export NODE_ENV=${NODE_ENV:-production}
  export NODE_VERBOSE=${NODE_VERBOSE:-false}
}

write_profile() {
  local bp_dir="$1" build_dir="$2"
  mkdir -p "$build_dir/.profile.d"
  cp "$bp_dir"/profile/* "$build_dir/.profile.d/"
}

write_export() {
  local bp_dir="$1" build_dir="$2"
  # Only where the buildpack runs from may this be written.
  if [ -w "$bp_dir" ]; then
    echo "export PATH=\"$build_dir/.heroku/node/bin:\$PATH:$build_dir/node_modules/.bin\"" > "$bp_dir/export"
    echo "export NODE_HOME=\"$build_dir/.heroku/node\"" >> "$bp_dir/export"
  fi
}
