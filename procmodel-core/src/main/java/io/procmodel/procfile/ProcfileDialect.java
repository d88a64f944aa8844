package io.procmodel.procfile;

/** Whose rules count when a Procfile is read: no two platforms agree. */
public enum ProcfileDialect {
    /** Ours: strict, with an error for each line that is not understood. */
    DEFAULT {
        @Override
        Grammar grammar(ReaderOptions options) {
            return new DefaultGrammar(options);
        }
    };

    /** A grammar for one reading. */
    abstract Grammar grammar(ReaderOptions options);
}
