package io.procmodel.release;

/**
 * What the index needs of a record: enough to find a release and its status without reading the rest.
 *
 * @param kind what the record says
 * @param version the release that it is about
 * @param status the status of that release from here on
 */
record RecordHead(Kind kind, int version, ReleaseStatus status) {
    /** What a record says. */
    enum Kind {
        /** A release was made. */
        RELEASE,
        /** A release came to another status. */
        STATUS
    }
}
