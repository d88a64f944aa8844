/* epoll PIPE...: reads all pipes on one thread and prints how many lines there were. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

int main(int argc, char **argv) {
  int epoll = epoll_create1(0), open_pipes = argc - 1;
  static char buffer[65536];
  long lines = 0;
  for (int i = 1; i < argc; i++) {
    int fd = open(argv[i], O_RDONLY);
    struct epoll_event event = {EPOLLIN, {.fd = fd}};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }
  while (open_pipes > 0) {
    struct epoll_event events[64];
    int ready = epoll_wait(epoll, events, 64, -1);
    for (int i = 0; i < ready; i++) {
      long length = read(events[i].data.fd, buffer, sizeof buffer);
      if (length <= 0) {
        close(events[i].data.fd);
        open_pipes--;
        continue;
      }
      for (char *at = buffer; (at = memchr(at, '\n', buffer + length - at)); at++) lines++;
    }
  }
  printf("%ld\n", lines);
  return 0;
}
