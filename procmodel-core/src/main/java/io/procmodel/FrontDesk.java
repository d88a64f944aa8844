package io.procmodel;

import io.procmodel.error.InvalidValueException;
import io.procmodel.event.FrontageChanged;
import io.procmodel.name.AppName;
import io.procmodel.state.StateDocument;
import io.procmodel.state.StateName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    private volatile Frontage frontage;

    FrontDesk(AppName app, AppContext context, ReleaseDesk desk, DynoManager manager) {
        this.app = app;
        this.context = context;
        this.desk = desk;
        this.manager = manager;
        this.frontage = context.states()
                .load(app, NAME)
                .map(StateDocument::text)
                .map(FrontDesk::parse)
                .orElse(Frontage.NONE);
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
        if (frontage.domains().size() >= MAX_DOMAINS) {
            throw new InvalidValueException("domain", domain, "at most " + MAX_DOMAINS + " domains in an app");
        }
        context.doors().claim(domain, app).filter(owner -> !owner.equals(app)).ifPresent(owner -> {
            throw new DomainTakenException(domain, owner);
        });
        change(
                before -> {
                    List<String> domains = new ArrayList<>(before.domains());
                    if (!domains.contains(domain)) {
                        domains.add(domain);
                    }
                    return new Frontage(domains, before.maintenance());
                },
                "Add domain " + domain);
    }

    void removeDomain(String name) {
        String domain = check(name);
        if (!frontage.domains().contains(domain)) {
            throw new InvalidValueException("domain", domain, "one of " + frontage.domains());
        }
        change(
                before -> new Frontage(
                        before.domains().stream()
                                .filter(other -> !other.equals(domain))
                                .toList(),
                        before.maintenance()),
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

    private synchronized void change(UnaryOperator<Frontage> change, String line) {
        desk.requireOpen("change");
        Frontage next = change.apply(frontage);
        if (next.equals(frontage)) {
            return;
        }
        context.states().update(app, NAME, before -> text(next));
        frontage = next;
        context.say(app, line);
        context.subscribers()
                .tell(new FrontageChanged(
                        app, next.domains(), next.maintenance(), context.clock().instant()));
        manager.frontage(next).join();
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
