/**
 * Heroku's process model as an embeddable library: from a source tree with a Procfile to running, supervised dynos.
 * Start at {@code io.procmodel.Platform}.
 */
@SuppressWarnings({"module", "requires-automatic"})
module io.procmodel.core {
    requires com.fasterxml.jackson.core;
    requires com.google.common;
    requires java.net.http;
    requires jdk.httpserver;
    requires org.apache.commons.exec;
    requires org.apache.commons.compress;
    requires org.semver4j;
    requires org.slf4j;
    requires org.snakeyaml.engine;
    requires static transitive org.jspecify;

    exports io.procmodel;
    exports io.procmodel.addon;
    exports io.procmodel.addon.partner;
    exports io.procmodel.build;
    exports io.procmodel.config;
    exports io.procmodel.dyno;
    exports io.procmodel.error;
    exports io.procmodel.event;
    exports io.procmodel.export;
    exports io.procmodel.file to
            io.procmodel.git,
            io.procmodel.scheduler;
    exports io.procmodel.formation;
    exports io.procmodel.lease;
    exports io.procmodel.local;
    exports io.procmodel.log;
    exports io.procmodel.name;
    exports io.procmodel.policy;
    exports io.procmodel.procfile;
    exports io.procmodel.release;
    exports io.procmodel.runtime;
    exports io.procmodel.slug;
    exports io.procmodel.thread to
            io.procmodel.logplex,
            io.procmodel.router,
            io.procmodel.scheduler;
    exports io.procmodel.state;
    exports io.procmodel.traffic;
}
