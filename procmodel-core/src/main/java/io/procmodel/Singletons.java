package io.procmodel;

import io.procmodel.error.InvalidValueException;
import io.procmodel.formation.Formation;
import io.procmodel.lease.Lease;
import io.procmodel.name.AppName;
import io.procmodel.state.StateDocument;
import io.procmodel.state.StateName;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process types of an app of which one dyno lives at a time over all hosts. Which ones is remembered, so that none of
 * them starts after a reopening before its lease is given again. Calls are made under the app's lock.
 */
final class Singletons implements AutoCloseable {
    private static final StateName NAME = StateName.of("singletons");
    private static final Pattern TYPE = Pattern.compile("\"([^\"\\\\]+)\"");

    private final AppName app;
    private final AppContext context;
    private final DynoManager manager;
    private final Map<String, SingletonLease> leases = new TreeMap<>();

    Singletons(AppName app, AppContext context, DynoManager manager) {
        this.app = app;
        this.context = context;
        this.manager = manager;
    }

    /** Keeps the remembered ones down. */
    void resume() {
        for (String type : remembered()) {
            manager.lease(type, OptionalLong.empty()).join();
        }
    }

    private Set<String> remembered() {
        return context.states()
                .load(app, NAME)
                .map(StateDocument::text)
                .map(Singletons::read)
                .orElse(Set.of());
    }

    private static Set<String> read(String text) {
        Set<String> types = new TreeSet<>();
        Matcher matcher = TYPE.matcher(text);
        while (matcher.find()) {
            types.add(matcher.group(1));
        }
        return types;
    }

    private void remember(UnaryOperator<Set<String>> change) {
        context.states().update(app, NAME, before -> {
            Set<String> types = change.apply(before.map(Singletons::read).orElse(new TreeSet<>()));
            return Arrays.toString(
                    types.stream().map(type -> "\"" + type + "\"").toArray());
        });
    }

    void add(String type, Lease lease, Formation formation) {
        if (leases.containsKey(type)) {
            throw new InvalidValueException("singleton", type, "a process type that is not a singleton here yet");
        }
        SingletonRules.requireOne(type, formation);
        Duration grace = manager.policy().of(type).stopGrace();
        SingletonRules.requireLongEnough(type, lease, grace);
        remember(types -> {
            types.add(type);
            return types;
        });
        manager.lease(type, OptionalLong.empty()).join();
        SingletonLease kept = new SingletonLease(app, type, lease, grace, manager, context.clock());
        leases.put(type, kept);
        kept.start();
    }

    void remove(String type) {
        remember(types -> {
            types.remove(type);
            return types;
        });
        SingletonLease kept = leases.remove(type);
        manager.ordinary(type).join();
        if (kept != null) {
            kept.close();
        }
    }

    /** Refuses a formation with more than one of a singleton. */
    void check(Formation changed) {
        for (String type : remembered()) {
            SingletonRules.requireOne(type, changed);
        }
    }

    @Override
    public void close() {
        leases.values().forEach(SingletonLease::close);
    }
}
