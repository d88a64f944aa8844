export AGENT=watching
