package io.procmodel.pty;

import io.procmodel.runtime.DynoRuntime;
import io.procmodel.runtime.TerminalContract;
import io.procmodel.runtime.local.LocalRuntime;
import io.procmodel.slug.FileSlugStore;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Terminals of pty4j, with the best isolation that the machine has. */
@EnabledOnOs(OS.LINUX)
class PtyTerminalIT extends TerminalContract {
    @Override
    protected DynoRuntime open() {
        return LocalRuntime.builder(directory.resolve("run"), FileSlugStore.at(directory.resolve("slugs")))
                .terminals(new PtyTerminals())
                .open();
    }
}
