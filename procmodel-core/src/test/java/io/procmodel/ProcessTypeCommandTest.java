package io.procmodel;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmodel.procfile.ProcessType;
import io.procmodel.procfile.Procfile;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PROC-25: the first word of a run command may be a process type. */
class ProcessTypeCommandTest {
    private static final List<ProcessType> TYPES =
            Procfile.parse("myworker: python dowork.py\nweb: serve -p $PORT\n").processTypes();

    @ParameterizedTest
    @CsvSource({
        "myworker 42,            python dowork.py 42",
        "myworker,               python dowork.py",
        "'  myworker  \"a  b\"', 'python dowork.py  \"a  b\"'",
        "myworker ; echo done,   python dowork.py ; echo done",
        "myworker2 42,           myworker2 42",
        "myworker; echo done,    myworker; echo done",
        "echo myworker,          echo myworker",
        "web,                    serve -p $PORT",
    })
    void itsCommandTakesTheWordsPlace(String command, String expected) {
        assertThat(ProcessTypeCommand.expand(TYPES, command)).isEqualTo(expected);
    }
}
