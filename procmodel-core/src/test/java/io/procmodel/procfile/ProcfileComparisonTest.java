package io.procmodel.procfile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcfileComparisonTest {
    @Test
    void saysThatAllAgree() {
        ProcfileComparison comparison = Procfile.compare("web: a\nworker: b\n");

        assertThat(comparison.agrees()).isTrue();
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison).hasToString("""
                All dialects agree.

                web
                  a

                worker
                  b
                """);
    }

    @Test
    void showsWhoRunsWhat() {
        ProcfileComparison comparison = Procfile.compare("web : a # b\nworker: c\nworker_2:d\n");

        assertThat(comparison.agrees()).isFalse();
        assertThat(comparison.differences()).containsExactly("web", "worker_2");
        assertThat(comparison.outcome(ProcfileDialect.HEROKU_CLASSIC).commands("web"))
                .containsExactly(": a # b");
        assertThat(comparison).hasToString("""
                The dialects differ about web, worker_2; 1 of 5 refuse the file.

                web
                  DEFAULT         a # b
                  HEROKU_CLASSIC  : a # b
                  FOREMAN         (not run)
                  DOKKU           a

                worker
                  c

                worker_2
                  DEFAULT, FOREMAN, DOKKU  d
                  HEROKU_CLASSIC           (not run)

                CNB refuses the file
                  line 1: there is a blank before the colon
                """);
    }

    @Test
    void comparesAnythingWithoutAnException() {
        assertThat(Procfile.compare("").toString())
                .contains("FOREMAN refuses the file", "no line declares a process type");
        assertThat(Procfile.compare("\0{{").agrees()).isFalse();
    }
}
