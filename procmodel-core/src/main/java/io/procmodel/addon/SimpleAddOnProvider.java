package io.procmodel.addon;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** A provider made of functions; see {@link AddOnProvider#named}. Immutable; each method gives a changed copy. */
public final class SimpleAddOnProvider implements AddOnProvider {
    private final String service;
    private final String prefix;
    private final ImmutableMap<String, Function<AddOnRequest, AddOnResource>> plans;
    private final Optional<BiFunction<AddOnResource, String, AddOnResource>> planChange;
    private final Consumer<AddOnResource> deprovision;

    private SimpleAddOnProvider(
            String service,
            String prefix,
            ImmutableMap<String, Function<AddOnRequest, AddOnResource>> plans,
            Optional<BiFunction<AddOnResource, String, AddOnResource>> planChange,
            Consumer<AddOnResource> deprovision) {
        this.service = service;
        this.prefix = prefix;
        this.plans = plans;
        this.planChange = planChange;
        this.deprovision = deprovision;
    }

    static SimpleAddOnProvider of(String service) {
        String checked = PlanName.checkService(service);
        return new SimpleAddOnProvider(
                checked, AttachmentNames.prefixOf(checked), ImmutableMap.of(), Optional.empty(), resource -> {});
    }

    /**
     * With one plan more; the first is the default one.
     *
     * @param provision makes a resource of that plan
     * @throws io.procmodel.error.InvalidValueException if {@code plan} cannot be the name of a plan
     */
    public SimpleAddOnProvider plan(String plan, Function<AddOnRequest, AddOnResource> provision) {
        requireNonNull(provision, "provision");
        return new SimpleAddOnProvider(
                service,
                prefix,
                ImmutableMap.<String, Function<AddOnRequest, AddOnResource>>builder()
                        .putAll(plans)
                        .put(PlanName.check("add-on plan", plan), provision)
                        .buildKeepingLast(),
                planChange,
                deprovision);
    }

    /** With a way to change plans: from the resource and the new plan to the resource as it is then. */
    public SimpleAddOnProvider changePlan(BiFunction<AddOnResource, String, AddOnResource> change) {
        return new SimpleAddOnProvider(service, prefix, plans, Optional.of(change), deprovision);
    }

    /** With a way to give a resource back. */
    public SimpleAddOnProvider deprovision(Consumer<AddOnResource> giveBack) {
        return new SimpleAddOnProvider(service, prefix, plans, planChange, requireNonNull(giveBack, "giveBack"));
    }

    /**
     * With another beginning of its config vars than the service's own name.
     *
     * @throws io.procmodel.error.InvalidValueException if it is not upper-case letters, digits and underscores
     */
    public SimpleAddOnProvider configPrefix(String newPrefix) {
        return new SimpleAddOnProvider(service, AttachmentNames.check(newPrefix), plans, planChange, deprovision);
    }

    @Override
    public String service() {
        return service;
    }

    @Override
    public List<String> plans() {
        return plans.keySet().asList();
    }

    @Override
    public String configPrefix() {
        return prefix;
    }

    @Override
    public AddOnResource provision(AddOnRequest request) {
        Function<AddOnRequest, AddOnResource> provision = plans.get(request.plan());
        if (provision == null) {
            throw new AddOnRefusedException(service, "no plan " + request.plan());
        }
        return provision.apply(request);
    }

    @Override
    public AddOnResource changePlan(AddOnResource resource, String plan) {
        return planChange
                .orElseThrow(() -> new AddOnRefusedException(service, "its plan cannot be changed"))
                .apply(resource, plan);
    }

    @Override
    public void deprovision(AddOnResource resource) {
        deprovision.accept(resource);
    }

    @Override
    public String toString() {
        return service + " " + plans.keySet();
    }
}
