package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import io.procmodel.dyno.Exit;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Something that supervision is told. Facts about an instance that is already gone are harmless. */
public sealed interface Fact {
    /** Enters this fact into a decision. */
    void enter(Draft draft);

    /**
     * The formation, a command or the current release has changed.
     *
     * @param target what should run from now on
     */
    record TargetSet(Target target) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.target(target);
        }
    }

    /**
     * Somebody asked for a restart of dynos of the formation (Heroku: one-off dynos are left alone, DYN-29).
     *
     * @param which the dynos to restart
     */
    record RestartAsked(Predicate<DynoName> which) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.restart(which);
        }
    }

    /**
     * Somebody asked for a one-off dyno.
     *
     * @param name its name, which no other dyno of the app has
     * @param release the release to run
     * @param process what to run; its quantity says nothing
     * @param oneOff what is special about it
     */
    record RunAsked(DynoName name, int release, Target.ProcessTarget process, OneOff oneOff) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.run(name, release, process, oneOff);
        }
    }

    /**
     * Somebody asked for the end of dynos: one-off dynos stay gone, dynos of the formation are started again (Heroku:
     * DYN-30, DYN-78).
     *
     * @param which the dynos to stop
     */
    record StopAsked(Predicate<DynoName> which) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.restart(which);
            draft.stopOneOffs(which);
        }
    }

    /**
     * The process of an instance runs.
     *
     * @param instance the instance's id
     */
    record Spawned(long instance) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.spawned(instance);
        }
    }

    /**
     * An instance could not be started, and nothing of it is left.
     *
     * @param instance the instance's id
     * @param reason what failed, in words
     */
    record SpawnFailed(long instance, String reason) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.spawnFailed(instance, reason);
        }
    }

    /**
     * The port of a web dyno accepts connections.
     *
     * @param instance the instance's id
     */
    record PortOpened(long instance) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.portOpened(instance);
        }
    }

    /**
     * The slug of an instance is not what its release says (Heroku: R17); nothing of the instance is left.
     *
     * @param instance the instance's id
     * @param expected the checksum of the release
     * @param actual the checksum of what is in the store
     */
    record ChecksumFailed(long instance, String expected, String actual) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.checksumFailed(instance, expected, actual);
        }
    }

    /**
     * The memory of an instance was measured.
     *
     * @param instance the instance's id
     * @param bytes what all its processes use together
     */
    record MemoryMeasured(long instance, long bytes) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.memoryMeasured(instance, bytes);
        }
    }

    /**
     * Who was attached to a one-off dyno can no longer be reached.
     *
     * @param instance the instance's id
     */
    record ClientGone(long instance) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.clientGone(instance);
        }
    }

    /**
     * The main process of an instance has ended, and what was left of its group has been killed.
     *
     * @param instance the instance's id
     * @param exit how it ended
     */
    record Ended(long instance, Exit exit) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.ended(instance, exit);
        }
    }

    /**
     * A front door was opened or closed.
     *
     * @param drain how long a web dyno may go on with its requests before it is stopped; null if there is no front door
     */
    record DoorChanged(@Nullable Duration drain) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.door(drain);
        }
    }

    /**
     * The last request of an instance has ended.
     *
     * @param instance the instance's id
     */
    record Drained(long instance) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.drained(instance);
        }
    }

    /**
     * When the app last had a request; now, if it has one.
     *
     * @param last when
     */
    record TrafficMeasured(Instant last) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.trafficMeasured(last);
        }
    }

    /** Somebody wants the app awake: a request, or the host. */
    record WakeAsked() implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.wake();
        }
    }

    /**
     * The dyno hours of the month are used up, or a new month has begun.
     *
     * @param spent whether they are used up
     */
    record QuotaChanged(boolean spent) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.quota(spent);
        }
    }

    /** Time has passed; look at the deadlines. */
    record Ticked() implements Fact {
        @Override
        public void enter(Draft draft) {
            // Deadlines are looked at with every fact.
        }
    }

    /**
     * A process type is a singleton, and its lease is held or not. Without it no dyno of the type runs; with it at most one
     * process does, so its successor waits for its end.
     *
     * @param type the process type
     * @param held whether the lease is held
     */
    record LeaseChanged(String type, boolean held) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.lease(type, held);
        }
    }

    /**
     * A process type is a singleton no more.
     *
     * @param type the process type
     */
    record SingletonEnded(String type) implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.ordinary(type);
        }
    }

    /** The app is closed for good: stop everything and start nothing more. */
    record Closed() implements Fact {
        @Override
        public void enter(Draft draft) {
            draft.close();
        }
    }
}
