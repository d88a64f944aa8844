calculate_concurrency() {
  WEB_CONCURRENCY=${WEB_CONCURRENCY-2}
}

export PATH="$HOME/.heroku/node/bin:$HOME/bin:$HOME/node_modules/.bin:$PATH"
export NODE_HOME="$HOME/.heroku/node"
export NODE_ENV=${NODE_ENV:-production}

calculate_concurrency
export WEB_CONCURRENCY
