package io.procmodel.runtime.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final int MANY = 300;

    private final Ports ports = new Ports(new Random(1));

    @Test
    void noPortIsHandedOutTwiceWhileInUse() throws IOException {
        Set<Integer> reserved = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            assertThat(reserved.add(ports.reserve())).isTrue();
        }
        assertThat(reserved).allMatch(port -> port >= Ports.FIRST && port <= Ports.LAST);
    }

    @Test
    void aPortOnWhichSomebodyListensIsNotHandedOut() throws IOException {
        int next = new Ports(new Random(7)).reserve();
        try (ServerSocket stranger = new ServerSocket(next)) {
            assertThat(new Ports(new Random(7)).reserve()).isNotEqualTo(stranger.getLocalPort());
        }
    }

    @Test
    void aGivenPortIsRefusedWhileReservedAndFreeAfterwards() throws IOException {
        int port = ports.reserve();

        assertThatThrownBy(() -> ports.reserve(port))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(port + " is in use");
        ports.release(port);
        assertThat(ports.reserve(port)).isEqualTo(port);
    }
}
