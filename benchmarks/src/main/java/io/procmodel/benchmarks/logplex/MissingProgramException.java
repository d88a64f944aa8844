package io.procmodel.benchmarks.logplex;

import java.io.IOException;

/** A program that a bar needs is not on this machine; its message is the program's name. */
final class MissingProgramException extends IOException {
    private static final long serialVersionUID = 1L;

    MissingProgramException(String program) {
        super(program);
    }
}
