package io.procmodel.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.StorageException;
import io.procmodel.name.AppName;
import io.procmodel.state.FileAppStateStore;
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
    private FormationStore store;

    @BeforeEach
    void makeTheApp() throws IOException {
        file = Files.createDirectory(directory.resolve("shop")).resolve("formation.json");
        store = FormationStore.of(FileAppStateStore.at(directory), AppName.of("shop"));
    }

    @Test
    void isEmptyBeforeAnythingIsSaved() {
        assertThat(store.load()).isEmpty();
    }

    @Test
    void givesBackWhatWasSavedLast() {
        Formation formation = Formation.of(List.of(
                new FormationEntry("web", 2, DynoSize.STANDARD_2X), new FormationEntry("worker", 0, DynoSize.ECO)));
        store.save(Formation.empty());
        store.save(formation);

        assertThat(store.load()).contains(formation);
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
                "{\"format\":1,\"formation\":[{\"type\":\"web\",\"quantity\":1,\"size\":\"Va st\"}]}",
                "{\"format\":1,\"formation\":[{\"type\":\"web\"}]}",
                "{\"format\":1,\"formation\":[1]}"
            })
    void refusesADamagedFileAndNamesIt(String content) throws IOException {
        Files.writeString(file, content);
        assertThatThrownBy(() -> store.load())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot read formation of shop");
    }

    @Test
    void saysWhichFileCannotBeWritten() {
        Path lost = directory.resolve("blog/formation.json");
        FormationStore none = FormationStore.of(FileAppStateStore.at(directory), AppName.of("blog"));
        assertThatThrownBy(() -> none.save(Formation.empty()))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot write " + lost);
    }
}
