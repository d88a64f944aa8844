package io.procmodel.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Kills processes that append to one ledger, one after the other; the next one is warming up meanwhile. */
public final class KillMatrix {
    private final int kills;
    private final int mostAcknowledgements;
    private final Random random;

    /** So many kills, each after at least one acknowledged release and at most so many, as {@code random} has it. */
    public KillMatrix(int kills, int mostAcknowledgements, Random random) {
        this.kills = kills;
        this.mostAcknowledgements = mostAcknowledgements;
        this.random = random;
    }

    /** Starts the process of a kill, which does not begin yet. */
    public interface Start {
        /** The process of the kill of that number, from 0. */
        AppendingProcess process(int kill) throws IOException;
    }

    /** Looks into the ledger after a kill. */
    public interface Check {
        /** What was acknowledged so far, by version. */
        void afterKill(Map<Integer, String> acknowledged) throws Exception;
    }

    /** Kills and checks. */
    public void run(Start start, Check check) throws Exception {
        Map<Integer, String> acknowledged = new LinkedHashMap<>();
        AppendingProcess next = start.process(0);
        try {
            for (int kill = 0; kill < kills; kill++) {
                AppendingProcess present = next.go();
                if (kill + 1 < kills) {
                    next = start.process(kill + 1);
                }
                acknowledged.putAll(present.readUntilKilledAfter(1 + random.nextInt(mostAcknowledgements)));
                check.afterKill(acknowledged);
                System.out.println("kill " + (kill + 1) + ": " + acknowledged.size() + " releases are there");
            }
        } finally {
            next.close();
        }
        assertThat(acknowledged).hasSizeGreaterThan(kills);
    }

    /** What was acknowledged is there, in order, nothing twice, and nothing damaged. */
    public static void checkLedger(ReleaseLedger ledger, Map<Integer, String> acknowledged) {
        assertThat(ledger.verify().damage()).isEmpty();
        List<Release> all = ledger.list();
        Set<String> descriptions = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).version()).isEqualTo(all.size() - i);
            assertThat(descriptions.add(all.get(i).description())).isTrue();
        }
        acknowledged.forEach((version, description) ->
                assertThat(all.get(all.size() - version).description()).isEqualTo(description));
    }
}
