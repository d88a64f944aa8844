package io.procmodel.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormationStoreTest {
    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("formation.json");
    }

    @Test
    void isEmptyBeforeAnythingIsSaved() {
        assertThat(FormationStore.at(file).load()).isEmpty();
    }

    @Test
    void givesBackWhatWasSavedLast() {
        Formation formation = Formation.of(List.of(
                new FormationEntry("web", 2, DynoSize.STANDARD_2X), new FormationEntry("worker", 0, DynoSize.ECO)));
        FormationStore.at(file).save(Formation.empty());
        FormationStore.at(file).save(formation);

        assertThat(FormationStore.at(file).load()).contains(formation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"format\":2,\"formation\":[]}",
                "{\"format\":1,\"formation\":[{\"type\":\"web\",\"quantity\":-1,\"size\":\"Eco\"}]}",
                "{\"format\":1,\"formation\":[{\"type\":\"web\",\"quantity\":99999999999,\"size\":\"Eco\"}]}",
                "{\"format\":1,\"formation\":[{\"type\":\"web\",\"quantity\":1,\"size\":\"Vast\"}]}",
                "{\"format\":1,\"formation\":[{\"type\":\"web\"}]}",
                "{\"format\":1,\"formation\":[1]}"
            })
    void refusesADamagedFileAndNamesIt(String content) throws IOException {
        Files.writeString(file, content);
        assertThatThrownBy(() -> FormationStore.at(file).load())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot read " + file);
    }

    @Test
    void saysWhichFileCannotBeWritten() {
        Path lost = directory.resolve("missing/formation.json");
        assertThatThrownBy(() -> FormationStore.at(lost).save(Formation.empty()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot write " + lost);
    }
}
