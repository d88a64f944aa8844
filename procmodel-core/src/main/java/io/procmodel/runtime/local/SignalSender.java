package io.procmodel.runtime.local;

import com.google.common.base.Joiner;
import io.procmodel.policy.StopSignal;
import java.io.IOException;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends signals that the JDK has no call for, with the shell's own {@code kill}. Immutable. */
final class SignalSender {
    private static final Logger LOG = LoggerFactory.getLogger(SignalSender.class);

    private final String sh;

    SignalSender(HostTools tools) {
        this.sh = tools.find("sh").orElse("/bin/sh");
    }

    /** To one process, if it is still the one that the handle was made for. */
    void send(ProcessHandle process, StopSignal signal) {
        if (signal == StopSignal.TERM) {
            process.destroy();
        } else if (process.isAlive()) {
            run("kill -s " + signal.name() + ' ' + process.pid());
        }
    }

    /** To a whole process group, whose leader is known to be alive. */
    void sendToGroup(long group, StopSignal signal) {
        run("kill -s " + signal.name() + " -- -" + group);
    }

    /** SIGKILL to process groups whose leaders are known to be alive; returns when it is done. */
    void killGroups(Collection<Long> groups) {
        String kill = "kill -s KILL -- -" + Joiner.on(" -").join(groups);
        if (!Command.of(sh, "-c", kill).succeeds()) {
            LOG.debug("not all were there any more: {}", kill);
        }
    }

    private void run(String kill) {
        try {
            new ProcessBuilder(sh, "-c", kill)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .getOutputStream()
                    .close();
        } catch (IOException e) {
            LOG.warn("cannot run {}", kill, e);
        }
    }
}
