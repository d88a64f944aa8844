/**
 * Heroku's process model as an embeddable library: from a source tree with a Procfile to running, supervised dynos.
 * Start at {@code io.procmodel.Platform}.
 */
@SuppressWarnings("requires-automatic")
module io.procmodel.core {
    requires com.fasterxml.jackson.core;
    requires com.google.common;
    requires org.apache.commons.exec;
    requires org.apache.commons.compress;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.procmodel.build;
    exports io.procmodel.error;
    exports io.procmodel.formation;
    exports io.procmodel.name;
    exports io.procmodel.procfile;
    exports io.procmodel.slug;
}
