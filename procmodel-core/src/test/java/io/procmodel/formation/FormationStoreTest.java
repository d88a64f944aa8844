package io.procmodel.formation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmodel.error.StorageException;
import io.procmodel.name.AppName;
import io.procmodel.state.FileAppStateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
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
        save(store, Formation.of(List.of(new FormationEntry("web", 1, DynoSize.ECO))));
        save(store, formation);

        assertThat(store.load()).contains(formation);
    }

    private static void save(FormationStore store, Formation formation) {
        assertThat(store.update(Formation.empty(), before -> formation)).isEqualTo(formation);
    }

    /** Another host scales between the look and the save: neither change undoes the other. */
    @Test
    void changesWhatIsStoredAndNotWhatWasSeen() {
        AtomicBoolean first = new AtomicBoolean(true);
        Formation both = store.update(Formation.empty(), seen -> {
            if (first.getAndSet(false)) {
                save(store, with(seen, "worker", 2));
            }
            return with(seen, "web", 1);
        });

        assertThat(both.quantity("worker")).isEqualTo(2);
        assertThat(both.quantity("web")).isEqualTo(1);
        assertThat(store.load()).contains(both);
    }

    private static Formation with(Formation before, String type, int quantity) {
        List<FormationEntry> entries = new ArrayList<>(before.entries());
        entries.add(new FormationEntry(type, quantity, DynoSize.ECO));
        return Formation.of(entries);
    }

    @Test
    void aChangeThatChangesNothingSavesNothing() {
        assertThat(store.update(Formation.empty(), before -> before)).isEqualTo(Formation.empty());
        assertThat(store.load()).isEmpty();
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
        assertThatThrownBy(() -> save(none, Formation.of(List.of(new FormationEntry("web", 1, DynoSize.ECO)))))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot write " + lost);
    }
}
