package io.procmodel.supervise;

import io.procmodel.dyno.DynoName;
import io.procmodel.event.PlatformEvent;
import io.procmodel.policy.StopSignal;

/** Something that supervision wants done. */
public sealed interface Act {
    /**
     * Start an instance, and report {@link Fact.Spawned} or {@link Fact.SpawnFailed}.
     *
     * @param instance the id to report under
     * @param name the dyno's name
     * @param release the release to run
     * @param process what to run
     * @param oneOff whether it was asked for by {@link Fact.RunAsked}
     */
    record Spawn(long instance, DynoName name, int release, Target.ProcessTarget process, boolean oneOff)
            implements Act {}

    /**
     * Have no more requests sent to the instance, and report {@link Fact.Drained} when the last has ended.
     *
     * @param instance the instance's id
     */
    record Drain(long instance) implements Act {}

    /** Find out when the app last had a request, and report {@link Fact.TrafficMeasured}. */
    record MeasureTraffic() implements Act {}

    /**
     * Ask every process of the instance to end (DYN-46).
     *
     * @param instance the instance's id
     * @param signal how
     */
    record Terminate(long instance, StopSignal signal) implements Act {}

    /**
     * Send SIGKILL to every process of the instance.
     *
     * @param instance the instance's id
     */
    record Kill(long instance) implements Act {}

    /**
     * Write a line to the app's log as {@code heroku[<dyno>]}.
     *
     * @param name the dyno it is about
     * @param text the line without its end
     */
    record Say(DynoName name, String text) implements Act {}

    /**
     * Tell the platform's subscribers.
     *
     * @param event what happened
     */
    record Tell(PlatformEvent event) implements Act {}
}
