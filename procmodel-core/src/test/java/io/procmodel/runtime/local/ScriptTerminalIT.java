package io.procmodel.runtime.local;

import io.procmodel.runtime.DynoRuntime;
import io.procmodel.runtime.TerminalContract;
import io.procmodel.slug.FileSlugStore;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Terminals of util-linux's {@code script}. */
@EnabledOnOs(OS.LINUX)
class ScriptTerminalIT extends TerminalContract {
    @Override
    protected DynoRuntime open() {
        return LocalRuntime.builder(directory.resolve("run"), FileSlugStore.at(directory.resolve("slugs")))
                .open();
    }
}
