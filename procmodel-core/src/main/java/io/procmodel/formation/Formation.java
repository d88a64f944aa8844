package io.procmodel.formation;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.procmodel.error.InvalidValueException;
import io.procmodel.procfile.ProcessType;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many dynos of which size each process type of an app has, sorted by type name. Immutable and thread-safe; every
 * change gives a new formation, all of it or nothing (Heroku: FRM-1).
 */
public final class Formation {
    private static final Formation EMPTY = new Formation(ImmutableSortedMap.of());

    private final ImmutableSortedMap<String, FormationEntry> entries;

    private Formation(ImmutableSortedMap<String, FormationEntry> entries) {
        this.entries = entries;
    }

    /** The formation of an app that was never deployed. */
    public static Formation empty() {
        return EMPTY;
    }

    /**
     * A formation of the given entries, in any order.
     *
     * @throws InvalidValueException if two entries have the same type
     */
    public static Formation of(Collection<FormationEntry> entries) {
        TreeMap<String, FormationEntry> sorted = new TreeMap<>();
        for (FormationEntry entry : entries) {
            if (sorted.put(entry.type(), entry) != null) {
                throw new InvalidValueException("process type", entry.type(), "at most one entry for each type");
            }
        }
        return new Formation(ImmutableSortedMap.copyOfSorted(sorted));
    }

    /**
     * The formation that an expression such as {@code web=2,worker=1} gives a Procfile that runs on its own, as foreman
     * and overmind take it. A blank expression names no type.
     *
     * @param types the types of the Procfile
     * @param expression the expression; {@code web+1} adds to the quantity that {@code unnamed} gives
     * @param unnamed what the types get that the expression does not name
     * @throws UnknownProcessTypeException if the expression names another type
     * @throws InvalidValueException if the expression is none
     */
    public static Formation of(Collection<ProcessType> types, String expression, UnnamedTypes unnamed) {
        return of(types, expression, unnamed, DynoSizes.HEROKU);
    }

    /**
     * The same with the sizes that a host knows.
     *
     * @param sizes what {@code web=2:NAME} may name
     * @throws UnknownProcessTypeException if the expression names another type
     * @throws InvalidValueException if the expression is none, or names another size
     */
    public static Formation of(
            Collection<ProcessType> types, String expression, UnnamedTypes unnamed, DynoSizes sizes) {
        Formation start = EMPTY.declare(types);
        for (String type : start.types()) {
            boolean one = unnamed == UnnamedTypes.ONE && !type.equals(ProcessType.RELEASE);
            start = start.with(new FormationEntry(type, one ? 1 : 0, DynoSize.STANDARD_1X));
        }
        return expression.isBlank() ? start : start.apply(FormationChange.parse(sizes, expression));
    }

    /**
     * The formation after a deploy that declares these types: on the first deploy {@code web} gets one dyno and the
     * others none (Heroku: FRM-3); later every type keeps its quantity and size, a new one gets no dyno (FRM-4), and one
     * that is not declared any more is gone (PROC-20). A formation without types counts as never deployed.
     */
    public Formation declare(Collection<ProcessType> types) {
        TreeMap<String, FormationEntry> declared = new TreeMap<>();
        for (ProcessType type : types) {
            FormationEntry present = entries.get(type.name());
            declared.put(type.name(), present == null ? first(type.name()) : present);
        }
        return new Formation(ImmutableSortedMap.copyOfSorted(declared));
    }

    /**
     * The formation with some changes made; {@link FormationChange#ALL} stands for every type that no other change names.
     *
     * @throws UnknownProcessTypeException if a change names a type that is not declared
     * @throws InvalidValueException if two changes name one type, a quantity gets negative or too big, or
     *     {@code release} is scaled
     */
    public Formation apply(Collection<FormationChange> changes) {
        Set<String> named = named(changes);
        Formation changed = this;
        for (FormationChange change : changes) {
            List<String> targets =
                    change.type().equals(FormationChange.ALL) ? unnamedBy(named) : List.of(change.type());
            for (String type : targets) {
                changed = changed.with(entry(type).changed(change));
            }
        }
        return changed;
    }

    /**
     * How many dynos a type has.
     *
     * @throws UnknownProcessTypeException if the type is not declared
     */
    public int quantity(String type) {
        return entry(type).quantity();
    }

    /**
     * The size of a type's dynos.
     *
     * @throws UnknownProcessTypeException if the type is not declared
     */
    public DynoSize size(String type) {
        return entry(type).size();
    }

    /** The names of the types, sorted. */
    public List<String> types() {
        return entries.keySet().asList();
    }

    /** The entries, sorted by type. */
    public List<FormationEntry> entries() {
        return entries.values().asList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Formation formation && entries.equals(formation.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    /** As the platform logs it (Heroku: LOG-10): {@code web@2:Standard-1X worker@0:Standard-1X}. */
    @Override
    public String toString() {
        return entries.values().stream().map(FormationEntry::toString).collect(Collectors.joining(" "));
    }

    private FormationEntry first(String type) {
        int quantity = entries.isEmpty() && type.equals(ProcessType.WEB) ? 1 : 0;
        return new FormationEntry(type, quantity, DynoSize.STANDARD_1X);
    }

    private FormationEntry entry(String type) {
        FormationEntry entry = entries.get(type);
        if (entry == null) {
            throw new UnknownProcessTypeException(type, entries.keySet());
        }
        return entry;
    }

    private Formation with(FormationEntry entry) {
        TreeMap<String, FormationEntry> changed = new TreeMap<>(entries);
        changed.put(entry.type(), entry);
        return new Formation(ImmutableSortedMap.copyOfSorted(changed));
    }

    private List<String> unnamedBy(Set<String> named) {
        return entries.keySet().stream()
                .filter(type -> !named.contains(type) && !type.equals(ProcessType.RELEASE))
                .collect(ImmutableList.toImmutableList());
    }

    private static Set<String> named(Collection<FormationChange> changes) {
        Set<String> named = new HashSet<>();
        for (FormationChange change : changes) {
            if (!named.add(change.type())) {
                throw new InvalidValueException("process type", change.type(), "to be changed once at a time");
            }
        }
        return named;
    }
}
