/* speaker LINES: a write per line of 99 times x; then it is silent until it is ended, as some tools end all with the first. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int argc, char **argv) {
  char line[100];
  memset(line, 'x', 99);
  line[99] = '\n';
  alarm(90);
  for (long i = 0; i < atol(argv[1]); i++) {
    if (write(1, line, 100) != 100) return 1;
  }
  pause();
  return 0;
}
