# A worker dyno with nothing but a POSIX shell.
trap 'echo "stopping after $jobs jobs"; exit 0' TERM
jobs=0
echo "waiting for work"
while true; do
  sleep 0.5 &
  wait $!
  jobs=$((jobs + 1))
  echo "job $jobs done"
done
