/* both PAIRS: numbered lines by turns on standard output and standard error, a write for each. */
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
  for (long i = 0; i < atol(argv[1]); i++) {
    dprintf(1, "o %ld\n", i);
    dprintf(2, "e %ld\n", i);
  }
  return 0;
}
