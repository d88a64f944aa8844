package io.procmodel;

import io.procmodel.addon.AddOnProvider;
import io.procmodel.addon.AddOnRefusedException;
import io.procmodel.addon.AddOnRequest;
import io.procmodel.addon.AddOnResource;
import io.procmodel.addon.SimpleAddOnProvider;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A provider in memory that keeps what it made, and fails when it is told to. */
final class SampleProvider {
    /** What there is: uuid or id to plan. */
    final Map<String, String> resources = new ConcurrentHashMap<>();
    /** What it was asked to make. */
    final CopyOnWriteArrayList<AddOnRequest> requests = new CopyOnWriteArrayList<>();

    volatile Optional<RuntimeException> onProvision = Optional.empty();
    volatile Optional<RuntimeException> onDeprovision = Optional.empty();
    volatile boolean pending;
    volatile String key = "REDISTOGO_URL";

    SimpleAddOnProvider provider() {
        return AddOnProvider.named("redistogo")
                .plan("nano", this::provision)
                .plan("small", this::provision)
                .changePlan(this::change)
                .deprovision(this::deprovision);
    }

    private AddOnResource provision(AddOnRequest request) {
        requests.add(request);
        resources.put(request.uuid(), request.plan());
        onProvision.ifPresent(failure -> {
            if (failure instanceof AddOnRefusedException) {
                resources.remove(request.uuid());
            }
            throw failure;
        });
        return pending
                ? AddOnResource.pending()
                : AddOnResource.of(key, url(request.app().value(), request.plan()))
                        .message("welcome");
    }

    private AddOnResource change(AddOnResource resource, String plan) {
        if (resources.replace(resource.id(), plan) == null) {
            throw new AddOnRefusedException("redistogo", "no resource " + resource.id());
        }
        return AddOnResource.of(key, url("moved", plan));
    }

    private void deprovision(AddOnResource resource) {
        onDeprovision.ifPresent(failure -> {
            throw failure;
        });
        resources.remove(resource.id());
    }

    static String url(String app, String plan) {
        return "redis://" + app + "/" + plan;
    }
}
