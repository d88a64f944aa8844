package io.procmodel.procfile;

/**
 * Whose rules count when a Procfile is read: no two platforms agree. Only {@link #DEFAULT} is meant for daily use; the
 * others show what a platform would make of a file, its mistakes included.
 */
public enum ProcfileDialect {
    /** Ours: strict, with an error and a guess at its cause for each line that is not understood. */
    DEFAULT,

    /** Heroku's classic build: the colon is optional, odd lines are skipped, the last duplicate counts. */
    HEROKU_CLASSIC,

    /** Heroku's Cloud Native Buildpack: lower-case names, odd lines are refused, the last duplicate counts. */
    CNB,

    /** foreman: odd lines are skipped, duplicates are all started, an empty file is refused. */
    FOREMAN,

    /** Dokku's procfile-util: trailing comments are cut, odd lines, duplicates and empty files are refused. */
    DOKKU;

    /** A grammar for one reading. */
    Grammar grammar(ReaderOptions options) {
        return switch (this) {
            case DEFAULT -> new DefaultGrammar(options);
            case HEROKU_CLASSIC -> new ClassicGrammar();
            case CNB -> new CnbGrammar();
            case FOREMAN -> new ForemanGrammar();
            case DOKKU -> new DokkuGrammar();
        };
    }
}
