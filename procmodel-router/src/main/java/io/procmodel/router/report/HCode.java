package io.procmodel.router.report;

/** Why a request failed, in Heroku's words (ERR-4 and section 3.2 of its tables). */
public enum HCode {
    /** The web dynos crashed, or failed to boot while the request waited. */
    H10("App crashed", 503, "error"),
    /** More requests than the app may have. */
    H11("Backlog too deep", 503, "error"),
    /** No response byte in time. */
    H12("Request timeout", 503, "error"),
    /** The dyno accepted the connection and closed it without an answer. */
    H13("Connection closed without response", 503, "error"),
    /** The app is scaled to no web dyno. */
    H14("No web processes running", 503, "error"),
    /** The dyno fell silent. */
    H15("Idle connection", 503, "error"),
    /** The response is not HTTP. */
    H17("Poorly formatted HTTP response", 503, "error"),
    /** The dyno broke off its response. */
    H18("Server Request Interrupted", 503, "error"),
    /** No dyno could be connected to in time. */
    H19("Backend connection timeout", 503, "error"),
    /** No dyno came up in time. */
    H20("App boot timeout", 503, "error"),
    /** Every dyno refused the connection. */
    H21("Backend connection refused", 503, "error"),
    /** Too many client connections. */
    H22("Connection limit reached", 503, "error"),
    /** The router was closed during the request. */
    H24("Forced close", 503, "error"),
    /** The response breaks a limit. */
    H25("HTTP restriction", 502, "error"),
    /** The request breaks HTTP. */
    H26("Request Error", 400, "error"),
    /** The client left. */
    H27("Client Request Interrupted", 499, "warning"),
    /** The client fell silent. */
    H28("Client Connection Idle", 499, "warning"),
    /** The app is in maintenance mode. */
    H80("Maintenance mode", 503, "info"),
    /** Nothing has been deployed. */
    H81("Blank app", 502, "info"),
    /** The dyno hours of the month are used up. */
    H82("Free dyno quota exhausted", 503, "info"),
    /** The router's own fault, or every dyno in quarantine for too long. */
    H99("Platform error", 503, "error");

    private final String description;
    private final int status;
    private final String level;

    HCode(String description, int status, String level) {
        this.description = description;
        this.status = status;
        this.level = level;
    }

    /** What the log says. */
    public String description() {
        return description;
    }

    /** The status that the client gets, or that only the log gets if it is 499. */
    public int status() {
        return status;
    }

    /** {@code info}, {@code warning} or {@code error}. */
    public String level() {
        return level;
    }

    /** The socket that broke, as the log names it, or nothing. */
    public String socket() {
        return switch (this) {
            case H18 -> "backend";
            case H27 -> "client";
            default -> "";
        };
    }
}
