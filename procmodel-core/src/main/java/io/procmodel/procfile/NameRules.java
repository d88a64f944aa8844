package io.procmodel.procfile;

/** What the strict grammar says about the name of an entry. */
final class NameRules {
    private NameRules() {}

    static void check(Line line, int limit, Reading reading) {
        int start = line.nameStart();
        if (!Characters.isAlphanumeric(line.text().charAt(start))) {
            reading.error(
                    DiagnosticCode.NAME_START,
                    line,
                    start,
                    '"' + shortened(line) + "\" does not start with a letter or digit",
                    "rename the process type");
        } else if (line.nameEnd() - start > limit) {
            reading.error(
                    DiagnosticCode.NAME_LENGTH,
                    line,
                    start,
                    '"' + shortened(line) + "\" has " + (line.nameEnd() - start) + " characters",
                    "use at most " + limit + ": names become host names and unit names");
        } else if (line.name().equals("all")) {
            reading.warning(
                    DiagnosticCode.NAME_RESERVED,
                    line,
                    start,
                    "\"all\" is every process type in a formation",
                    "rename the process type: it cannot be scaled apart");
        } else if (!isPortable(line)) {
            reading.report(
                    Severity.INFO,
                    DiagnosticCode.NAME_NOT_PORTABLE,
                    line,
                    start,
                    '"' + line.name() + "\" is rewritten or refused elsewhere",
                    "Cloud Native Buildpacks want lower-case letters, digits and inner hyphens");
        }
    }

    private static boolean isPortable(Line line) {
        for (int at = line.nameStart(); at < line.nameEnd(); at++) {
            char c = line.text().charAt(at);
            if (c == '_' || (c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return line.text().charAt(line.nameEnd() - 1) != '-';
    }

    private static String shortened(Line line) {
        String name = line.name();
        return name.length() <= 63 ? name : name.substring(0, 63) + "…";
    }
}
