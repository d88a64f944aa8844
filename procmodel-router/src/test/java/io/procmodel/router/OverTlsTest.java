package io.procmodel.router;

import org.junit.jupiter.api.Nested;

/** The study's table once more, over https: the client's side is encrypted, and nothing else is different. */
class OverTlsTest {
    @Nested
    class Continue extends ContinueTest {
        @Override
        boolean overTls() {
            return true;
        }
    }

    @Nested
    class Headers extends HeadersTest {
        @Override
        boolean overTls() {
            return true;
        }
    }

    @Nested
    class Chunked extends ChunkedTest {
        @Override
        boolean overTls() {
            return true;
        }
    }

    @Nested
    class Bodyless extends BodylessTest {
        @Override
        boolean overTls() {
            return true;
        }
    }

    @Nested
    class KeepAlive extends KeepAliveTest {
        @Override
        boolean overTls() {
            return true;
        }
    }

    @Nested
    class RequestChecks extends RequestChecksTest {
        @Override
        boolean overTls() {
            return true;
        }
    }

    @Nested
    class Connect extends ConnectTest {
        @Override
        boolean overTls() {
            return true;
        }
    }

    @Nested
    class Wake extends WakeTest {
        @Override
        boolean overTls() {
            return true;
        }
    }

    @Nested
    class TimeLimits extends TimeLimitsTest {
        @Override
        boolean overTls() {
            return true;
        }
    }
}
