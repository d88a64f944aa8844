package io.procmodel;

import com.google.common.collect.ImmutableList;
import io.procmodel.error.InvalidValueException;
import io.procmodel.event.FrontageChanged;
import io.procmodel.name.AppName;
import io.procmodel.state.StateDocument;
import io.procmodel.state.StateName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Where an app's host names and maintenance mode are changed: durable first, then told to the front doors. */
final class FrontDesk {
    private static final StateName NAME = StateName.of("frontage");
    private static final String MAINTENANCE = "maintenance";
    private static final String DOMAIN = "domain ";
    private static final int MAX_DOMAINS = 1_000;
    private static final Pattern HOST =
            Pattern.compile("(\\*\\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z][a-z0-9-]{0,61}");

    private final AppName app;
    private final AppContext context;
    private final DynoManager manager;
    private final ReleaseDesk desk;
    private final Supplier<List<AppName>> apps;
    private volatile Frontage frontage;

    /** The names are those of all apps, also of those that only other hosts know. */
    FrontDesk(AppName app, AppContext context, ReleaseDesk desk, DynoManager manager, Supplier<List<AppName>> apps) {
        this.app = app;
        this.context = context;
        this.desk = desk;
        this.manager = manager;
        this.apps = apps;
        this.frontage = stored(app);
        frontage.domains().forEach(domain -> context.doors().claim(domain, app));
        manager.frontageSoon(frontage);
    }

    Frontage frontage() {
        return frontage;
    }

    void maintenance(boolean on) {
        change(before -> new Frontage(before.domains(), on), "Maintenance mode " + (on ? "enabled" : "disabled"));
    }

    /** A name belongs to one app only (Heroku: PIPE-22). */
    void addDomain(String name) {
        String domain = check(name);
        claim(domain);
        try {
            requireFree(domain);
            change(before -> with(before, domain), "Add domain " + domain);
            keepUnlessTaken(domain);
        } finally {
            if (!frontage.domains().contains(domain)) {
                context.doors().disclaim(domain, app);
            }
        }
    }

    /** Who has it as far as this host knows may have lost it on another one. */
    private void claim(String domain) {
        Optional<AppName> owner = context.doors().claim(domain, app).filter(other -> !other.equals(app));
        if (owner.isPresent()) {
            if (stored(owner.get()).domains().contains(domain)) {
                throw new DomainTakenException(domain, owner.get());
            }
            context.doors().disclaim(domain, owner.get());
            claim(domain);
        }
    }

    /** Another host may have given it to another app at the same time: both find out then, and give it up. */
    private void keepUnlessTaken(String domain) {
        try {
            requireFree(domain);
        } catch (DomainTakenException e) {
            change(before -> without(before, domain), "Remove domain " + domain);
            throw e;
        }
    }

    private void requireFree(String domain) {
        for (AppName other : apps.get()) {
            if (!other.equals(app) && stored(other).domains().contains(domain)) {
                throw new DomainTakenException(domain, other);
            }
        }
    }

    private static Frontage with(Frontage before, String domain) {
        if (before.domains().contains(domain)) {
            return before;
        }
        if (before.domains().size() >= MAX_DOMAINS) {
            throw new InvalidValueException("domain", domain, "at most " + MAX_DOMAINS + " domains in an app");
        }
        return new Frontage(
                ImmutableList.<String>builder()
                        .addAll(before.domains())
                        .add(domain)
                        .build(),
                before.maintenance());
    }

    private static Frontage without(Frontage before, String domain) {
        return new Frontage(
                before.domains().stream().filter(other -> !other.equals(domain)).toList(), before.maintenance());
    }

    void removeDomain(String name) {
        String domain = check(name);
        change(
                before -> {
                    if (!before.domains().contains(domain)) {
                        throw new InvalidValueException("domain", domain, "one of " + before.domains());
                    }
                    return without(before, domain);
                },
                "Remove domain " + domain);
        context.doors().disclaim(domain, app);
    }

    private static String check(String name) {
        String domain = name.toLowerCase(Locale.ROOT);
        if (!HOST.matcher(domain).matches() || domain.length() > 253) {
            throw new InvalidValueException("domain", name, "a host name such as www.example.com or *.example.com");
        }
        return domain;
    }

    /** Changes what is stored, which another host may have changed since this one looked last. */
    private synchronized void change(UnaryOperator<Frontage> change, String line) {
        desk.requireOpen("change");
        AtomicBoolean changed = new AtomicBoolean();
        context.states().update(app, NAME, stored -> {
            Frontage before = stored.map(FrontDesk::parse).orElse(Frontage.NONE);
            Frontage next = change.apply(before);
            changed.set(!next.equals(before));
            return changed.get() ? text(next) : stored.orElse("");
        });
        if (changed.get()) {
            context.say(app, line);
        }
        refresh();
    }

    /** Takes up what is stored, which another host may have changed. */
    synchronized void refresh() {
        Frontage before = frontage;
        Frontage next = stored(app);
        if (next.equals(before)) {
            return;
        }
        frontage = next;
        before.domains().stream()
                .filter(domain -> !next.domains().contains(domain))
                .forEach(domain -> context.doors().disclaim(domain, app));
        next.domains().forEach(domain -> context.doors().claim(domain, app));
        context.subscribers()
                .tell(new FrontageChanged(
                        app, next.domains(), next.maintenance(), context.clock().instant()));
        manager.frontage(next).join();
    }

    private Frontage stored(AppName owner) {
        return context.states()
                .load(owner, NAME)
                .map(StateDocument::text)
                .map(FrontDesk::parse)
                .orElse(Frontage.NONE);
    }

    private static String text(Frontage frontage) {
        StringBuilder text = new StringBuilder();
        if (frontage.maintenance()) {
            text.append(MAINTENANCE).append('\n');
        }
        frontage.domains().forEach(domain -> text.append(DOMAIN).append(domain).append('\n'));
        return text.toString();
    }

    private static Frontage parse(String text) {
        List<String> lines = text.lines().toList();
        List<String> domains = lines.stream()
                .filter(line -> line.startsWith(DOMAIN))
                .map(line -> line.substring(DOMAIN.length()))
                .toList();
        return new Frontage(domains, lines.contains(MAINTENANCE));
    }
}
