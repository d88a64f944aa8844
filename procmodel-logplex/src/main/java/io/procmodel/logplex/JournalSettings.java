package io.procmodel.logplex;

import io.procmodel.logplex.journal.JournalLimits;
import java.nio.file.Path;

/** Where lines are kept on the disk, how many, and how sure that is. */
record JournalSettings(Path directory, Persistence persistence, JournalLimits limits) {}
