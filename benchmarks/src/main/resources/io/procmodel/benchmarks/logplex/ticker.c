/* ticker LINES_PER_SECOND SECONDS PIPE...: writes to all pipes in turn, evenly, lines that say when they were written. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int pipes = argc - 3;
  long lines = atol(argv[1]) * atol(argv[2]) * pipes, pause = 1000000000L / (atol(argv[1]) * pipes);
  struct rlimit files = {pipes + 64, pipes + 64};
  setrlimit(RLIMIT_NOFILE, &files);
  int *fds = malloc(pipes * sizeof *fds);
  for (int i = 0; i < pipes; i++) {
    if ((fds[i] = open(argv[i + 3], O_WRONLY)) < 0) return 1;
  }
  struct timespec due, now;
  clock_gettime(CLOCK_MONOTONIC, &due);
  for (long i = 0; i < lines; i++) {
    due.tv_nsec += pause;
    if (due.tv_nsec >= 1000000000L) {
      due.tv_nsec -= 1000000000L;
      due.tv_sec++;
    }
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, 0) == EINTR) {
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (dprintf(fds[i % pipes], "%lld\n", now.tv_sec * 1000000000LL + now.tv_nsec) < 0) return 1;
  }
  return 0;
}
