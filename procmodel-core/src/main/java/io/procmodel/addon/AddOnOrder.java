package io.procmodel.addon;

import com.google.common.collect.ImmutableMap;
import io.procmodel.error.InvalidValueException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An order for an add-on: the plan, and whatever else the user wants to say. Immutable; each method gives a changed copy.
 *
 * @param service the service
 * @param plan the plan, or empty for the service's default (Heroku: ADD-1)
 * @param attachment the name of the attachment, what {@code --as} says
 * @param name the name of the add-on, what {@code --name} says
 * @param options what goes to the provider (Heroku: ADD-11)
 * @param confirmation the app's name if something may be overwritten (Heroku: ADD-12)
 */
public record AddOnOrder(
        String service,
        Optional<String> plan,
        Optional<String> attachment,
        Optional<String> name,
        Map<String, String> options,
        Optional<String> confirmation) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][A-Za-z0-9_-]{1,99}");

    /**
     * Checks the names and copies the options.
     *
     * @throws InvalidValueException if one of them has another form (Heroku: ADD-4)
     */
    public AddOnOrder {
        PlanName.checkService(service);
        plan.ifPresent(given -> PlanName.check("add-on plan", given));
        attachment = attachment.map(AttachmentNames::check);
        name.ifPresent(given -> {
            if (!NAME.matcher(given).matches()) {
                throw new InvalidValueException(
                        "add-on name", given, "2 to 100 letters, digits, '_' and '-', starting with a letter");
            }
        });
        options = ImmutableMap.copyOf(options);
    }

    /** An order for {@code service:plan}, or for {@code service} in its default plan. */
    public static AddOnOrder of(String text) {
        int colon = text.indexOf(':');
        return new AddOnOrder(
                colon < 0 ? text : text.substring(0, colon),
                colon < 0 ? Optional.empty() : Optional.of(text.substring(colon + 1)),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    /** With a name for the attachment, and so for its config vars: {@code CACHE} gives {@code CACHE_URL}. */
    public AddOnOrder as(String attachmentName) {
        return new AddOnOrder(service, plan, Optional.of(attachmentName), name, options, confirmation);
    }

    /** With a name for the add-on. */
    public AddOnOrder name(String addOnName) {
        return new AddOnOrder(service, plan, attachment, Optional.of(addOnName), options, confirmation);
    }

    /** With one option more for the provider. */
    public AddOnOrder option(String key, String value) {
        return new AddOnOrder(
                service,
                plan,
                attachment,
                name,
                ImmutableMap.<String, String>builder()
                        .putAll(options)
                        .put(key, value)
                        .buildKeepingLast(),
                confirmation);
    }

    /** With the app's name as confirmation that an attachment of the same name may be replaced. */
    public AddOnOrder confirm(String appName) {
        return new AddOnOrder(service, plan, attachment, name, options, Optional.of(appName));
    }

    /** Names the options and shows no value of them, which may be a password. */
    @Override
    public String toString() {
        return service + plan.map(given -> ":" + given).orElse("") + ", options " + options.keySet();
    }
}
