package io.procmodel;

import com.fasterxml.jackson.core.JsonFactory;
import io.procmodel.name.AppName;
import io.procmodel.state.AppStateStore;
import io.procmodel.state.StateName;
import java.util.List;
import java.util.function.UnaryOperator;

/** A list of texts that an app keeps, such as the names of its buildpacks. Thread-safe; calls block on the store. */
final class StoredTexts {
    private final AppName app;
    private final AppStateStore states;
    private final StateName name;
    private final JsonFactory json = new JsonFactory();

    StoredTexts(AppName app, AppContext context, String name) {
        this.app = app;
        this.states = context.states();
        this.name = StateName.of(name);
    }

    List<String> load() {
        return states.load(app, name)
                .map(document -> TextListJson.read(json, document.text()))
                .orElse(List.of());
    }

    /** Changes the list; what {@code change} throws leaves it as it is. */
    void update(UnaryOperator<List<String>> change) {
        states.update(
                app,
                name,
                present -> TextListJson.write(
                        json,
                        change.apply(present.map(text -> TextListJson.read(json, text))
                                .orElse(List.of()))));
    }
}
