package io.procmodel;

import io.procmodel.dyno.DynoName;
import io.procmodel.event.DynoCompleted;
import io.procmodel.policy.AppPolicy;
import io.procmodel.supervise.Fact;
import io.procmodel.supervise.OneOff;
import io.procmodel.supervise.SupervisionState;
import io.procmodel.supervise.Target;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one-off dynos of an app that have not ended, and the names of the next ones. Confined to the control thread, but for
 * {@link #abandon} and {@link #forget}.
 */
final class OneOffDynos {
    /** The highest number that Heroku gives (DYN-1); then it starts again with the lowest that is free. */
    private static final int LAST_NUMBER = 9_999;

    private final DynoManager manager;
    private final AppPolicy policy;
    private final Map<DynoName, OneOffDyno> running = new HashMap<>();
    private final Set<OneOffDyno> awaited = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> lastNumbers = new HashMap<>();

    OneOffDynos(DynoManager manager, AppPolicy policy) {
        this.manager = manager;
        this.policy = policy;
    }

    OneOffDyno enter(OneOffSpec spec, SupervisionState state) {
        check(spec, state);
        OneOffDyno dyno = new OneOffDyno(nextName(spec.type(), state), spec, manager, this::forget);
        running.put(dyno.name(), dyno);
        awaited.add(dyno);
        return dyno;
    }

    static Fact.RunAsked fact(OneOffDyno dyno) {
        OneOffSpec spec = dyno.spec();
        Target.ProcessTarget process = new Target.ProcessTarget(1, spec.command(), false, spec.size());
        return new Fact.RunAsked(dyno.name(), dyno.release(), process, new OneOff(spec.timeToLive()));
    }

    OneOffDyno get(DynoName name) {
        OneOffDyno dyno = running.get(name);
        if (dyno == null) {
            throw new IllegalStateException("no one-off dyno " + name);
        }
        return dyno;
    }

    void completed(DynoCompleted event) {
        OneOffDyno dyno = running.remove(event.dyno());
        if (dyno != null) {
            dyno.ended(event.exit());
        }
    }

    void abandon() {
        awaited.forEach(OneOffDyno::abandoned);
    }

    private void forget(OneOffDyno dyno) {
        awaited.remove(dyno);
        OneOffSpec.Client client = dyno.spec().client();
        if (client != null) {
            client.onEnd().run();
        }
    }

    private void check(OneOffSpec spec, SupervisionState state) {
        manager.requireOpen("run on " + manager.app());
        if (spec.release().slug().isEmpty()) {
            throw new NothingDeployedException(manager.app(), spec.release().name());
        }
        int limit = policy.oneOffLimit().of(spec.size());
        if (spec.limited() && state.oneOffs(spec.size()) >= limit) {
            throw new OneOffLimitException(manager.app(), spec.size(), limit);
        }
    }

    private DynoName nextName(String type, SupervisionState state) {
        int number = lastNumbers.getOrDefault(type, 0);
        DynoName name;
        do {
            number = number % LAST_NUMBER + 1;
            name = new DynoName(type, number);
        } while (state.hasName(name));
        lastNumbers.put(type, number);
        return name;
    }
}
