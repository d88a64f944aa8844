package io.procmodel.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.procmodel.log.LogOrigin;
import io.procmodel.log.LogSource;
import io.procmodel.logplex.Drain;
import io.procmodel.logplex.DrainOptions;
import io.procmodel.logplex.LogQuery;
import io.procmodel.logplex.Logplex;
import io.procmodel.name.AppName;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogplexMetricsTest {
    private final Logplex logplex = Logplex.builder().history(10).build();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LogplexMetrics metrics = new LogplexMetrics(logplex);

    @AfterEach
    void tearDown() {
        logplex.close();
        registry.close();
    }

    @Test
    void countWhatCameInAndWhatBecameOfIt() throws InterruptedException {
        metrics.bindTo(registry);
        LogSource web = logplex.open(AppName.of("shop"), LogOrigin.app("web.1"));
        Drain drain = logplex.channel("shop")
                .drains()
                .add("mine", DrainOptions.none().query(LogQuery.contains("1")), batch -> {});
        for (int i = 1; i <= 8; i++) {
            web.line("line " + i);
        }
        drain.flush(Duration.ofSeconds(30));

        assertThat(registry.get("procmodel.log.channels").gauge().value()).isEqualTo(1);
        assertThat(counter("procmodel.log.received")).isEqualTo(8);
        assertThat(counter("procmodel.log.rejected")).isZero();
        assertThat(registry.get("procmodel.log.lines")
                        .tag("app", "shop")
                        .gauge()
                        .value())
                .isEqualTo(8);
        assertThat(counter("procmodel.drain.delivered")).isEqualTo(1);
        assertThat(counter("procmodel.drain.filtered")).isEqualTo(7);
        assertThat(counter("procmodel.drain.dropped")).isZero();
        assertThat(registry.get("procmodel.drain.up")
                        .tag("drain", drain.token())
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(registry.get("procmodel.drain.pending").gauge().value()).isZero();
    }

    @Test
    void includeAppsThatComeLater() {
        metrics.bindTo(registry);
        logplex.open(AppName.of("shop"), LogOrigin.app("web.1")).line("one");
        logplex.open(AppName.of("blog"), LogOrigin.app("web.1")).line("one");

        metrics.refresh();

        assertThat(registry.find("procmodel.log.received").functionCounters())
                .extracting(counter -> counter.getId().getTag("app"))
                .containsExactlyInAnyOrder("shop", "blog");
    }

    private double counter(String name) {
        return registry.get(name).tag("app", "shop").functionCounter().count();
    }
}
