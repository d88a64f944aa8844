package io.procmodel.runtime.local;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The part of the host's environment that a dyno may see. It is an allow-list: the host's own secrets are none of a dyno's
 * business.
 */
final class BaseEnvironment {
    private static final Set<String> ALLOWED = Set.of(
            "PATH", "LANG", "LANGUAGE", "TZ", "USER", "LOGNAME", "JAVA_HOME", "SYSTEMROOT", "COMSPEC", "PATHEXT");
    private static final String LOCALE_PREFIX = "LC_";
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private BaseEnvironment() {}

    static Map<String, String> of(Map<String, String> hostEnvironment) {
        Map<String, String> base = new LinkedHashMap<>();
        base.put("PATH", DEFAULT_PATH);
        hostEnvironment.forEach((key, value) -> {
            if (ALLOWED.contains(key) || key.startsWith(LOCALE_PREFIX)) {
                base.put(key, value);
            }
        });
        return base;
    }
}
