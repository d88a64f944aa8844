package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import io.procmodel.policy.Rollout;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One step of changing over from outdated instances to current ones, as the rollout says. Takes a step whenever something
 * has happened, until every name runs what it should; a halted rollout takes none.
 */
final class Replacement {
    private final Draft draft;
    private final Rollout rollout;
    private final Instant now;

    Replacement(Draft draft, Rollout rollout, Instant now) {
        this.draft = draft;
        this.rollout = rollout;
        this.now = now;
    }

    void proceed() {
        Map<String, List<DynoName>> outdated = outdatedByType();
        outdated.forEach((type, names) -> {
            if (draft.isSingle(names.get(0))) {
                names.forEach(this::restart);
            } else if (rollout instanceof Rollout.Rolling rolling) {
                roll(names, rolling.atOnce(), false);
            } else if (rollout instanceof Rollout.Preboot && draft.isWeb(names.get(0))) {
                roll(names, names.size(), true);
            } else {
                names.forEach(this::restart);
            }
        });
    }

    /**
     * Whether a crashed instance tells that a release is bad, of which old dynos are still there: it was to take over from
     * one of them; or it has taken over, when they are replaced one by one, and was up for a short time only.
     *
     * @param healthy whether it was up for long
     */
    boolean isFailedSuccessor(Instance crashed, boolean healthy) {
        boolean byType = rollout instanceof Rollout.Rolling && !healthy;
        return draft.isCurrent(crashed)
                && draft.active()
                        .filter(other -> !draft.isCurrent(other))
                        .map(Instance::name)
                        .anyMatch(name -> name.equals(crashed.name())
                                || (byType
                                        && name.processType()
                                                .equals(crashed.name().processType())));
    }

    private Map<String, List<DynoName>> outdatedByType() {
        Map<String, List<DynoName>> byType = new LinkedHashMap<>();
        draft.active()
                .filter(instance -> !draft.isCurrent(instance))
                .map(Instance::name)
                .distinct()
                .forEach(name -> byType.computeIfAbsent(name.processType(), type -> new ArrayList<>())
                        .add(name));
        return byType;
    }

    private void restart(DynoName name) {
        outdated(name).forEach(draft::replace);
    }

    /**
     * Starts successors, as many as may be on their way, and retires whom they relieve: each by itself, or all together
     * when the last one is up.
     */
    private void roll(List<DynoName> names, int atOnce, boolean together) {
        if (draft.isHalted()) {
            names.forEach(name -> successors(name).forEach(draft::stop));
            return;
        }
        names.forEach(this::retireAllButTheServing);
        List<DynoName> lowestFirst = names.stream().sorted().toList();
        long starting = lowestFirst.stream().filter(this::isOnItsWay).count();
        for (DynoName name : lowestFirst) {
            if (successors(name).isEmpty() && starting < atOnce) {
                draft.spawn(name);
                starting++;
            }
        }
        boolean allUp = lowestFirst.stream().allMatch(this::isRelieved);
        lowestFirst.stream()
                .filter(name -> together ? allUp : isRelieved(name))
                .forEach(name -> outdated(name).forEach(draft::stop));
    }

    /** Of several outdated instances of a name, only one can be serving: a newer one that never came up is no loss. */
    private void retireAllButTheServing(DynoName name) {
        List<Instance> outdated = outdated(name);
        outdated.stream()
                .filter(instance -> instance.id() != outdated.get(0).id())
                .forEach(draft::stop);
    }

    private boolean isOnItsWay(DynoName name) {
        return successors(name).stream().anyMatch(instance -> !hasSettled(instance));
    }

    private boolean isRelieved(DynoName name) {
        return successors(name).stream().anyMatch(this::hasSettled);
    }

    private boolean hasSettled(Instance successor) {
        return successor.isUp() && !settledAt(successor).isAfter(now);
    }

    private Instant settledAt(Instance successor) {
        return rollout instanceof Rollout.Rolling rolling
                ? Moments.after(successor.since(), rolling.settle())
                : successor.since();
    }

    /** When the next successor will have been up for long enough; empty when none is waited for. */
    Optional<Instant> nextSettled() {
        if (draft.isHalted() || !(rollout instanceof Rollout.Rolling)) {
            return Optional.empty();
        }
        return outdatedByType().values().stream()
                .flatMap(List::stream)
                .flatMap(name -> successors(name).stream())
                .filter(Instance::isUp)
                .map(this::settledAt)
                .filter(moment -> moment.isAfter(now))
                .min(Instant::compareTo);
    }

    private List<Instance> successors(DynoName name) {
        return draft.active()
                .filter(instance -> instance.name().equals(name) && draft.isCurrent(instance))
                .toList();
    }

    private List<Instance> outdated(DynoName name) {
        return draft.active()
                .filter(instance -> instance.name().equals(name) && !draft.isCurrent(instance))
                .sorted(Comparator.comparingLong(Instance::id))
                .toList();
    }
}
