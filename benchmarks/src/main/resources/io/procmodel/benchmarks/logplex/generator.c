/* generator LINES block|line PIPE...: a process per pipe, which writes lines of 100 bytes once a line has come on stdin. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int write_all(int fd, const char *at, long size) {
  while (size > 0) {
    long written = write(fd, at, size);
    if (written <= 0) return 1;
    at += written;
    size -= written;
  }
  return 0;
}

static int generate(int fd, long lines, int block) {
  static char buffer[65500];
  for (int i = 0; i < (int) sizeof buffer; i++) buffer[i] = i % 100 == 99 ? '\n' : 'x';
  long most = block ? (long) sizeof buffer / 100 : 1;
  for (long left = lines; left > 0;) {
    long now = left < most ? left : most;
    if (write_all(fd, buffer, now * 100)) return 1;
    left -= now;
  }
  return 0;
}

int main(int argc, char **argv) {
  long lines = atol(argv[1]);
  int pipes = argc - 3, ready[2], gate[2];
  char byte;
  if (pipe(ready) || pipe(gate)) return 1;
  for (int i = 0; i < pipes; i++) {
    if (fork() == 0) {
      close(gate[1]);
      int fd = open(argv[i + 3], O_WRONLY);
      write(ready[1], "r", 1);
      read(gate[0], &byte, 1);
      return generate(fd, lines, argv[2][0] == 'b');
    }
  }
  for (int i = 0; i < pipes; i++) read(ready[0], &byte, 1);
  printf("ready\n");
  fflush(stdout);
  read(0, &byte, 1);
  close(gate[1]);
  while (wait(0) > 0) {
  }
  return 0;
}
