package io.procmodel.supervise;

import io.procmodel.dyno.DynoState;

/**
 * The phases of one instance of a dyno, and every legal way between them. An instance never changes its release; a
 * restart is the end of one instance and the start of another under the same name.
 *
 * <pre>
 * from       fact                      to         acts
 * ---------- ------------------------- ---------- -------------------------------------------------------------
 * (none)     wanted, no pause pending  SPAWNING   spawn
 * (none)     run asked, app not closed SPAWNING   spawn, as a one-off dyno
 * SPAWNING   spawned, web              STARTING   boot deadline set (R10, DYN-11)
 * SPAWNING   spawned, other type       UP         told up (DYN-7)
 * SPAWNING   spawn failed              (none)     crash: restart as the policy says
 * SPAWNING,  client gone               the same   one-off: told as soon as it is up (DYN-64)
 * STARTING
 * SPAWNING   no longer wanted          CANCELLED  nothing yet: there is no process to signal
 * STARTING   port accepts              UP         told up (DYN-7)
 * STARTING   boot deadline             FAILING    R10, kill (DYN-14)
 * STARTING   far over its memory       OUSTED     R15, kill (DYN-57)
 * STARTING   exited                    (none)     crash
 * STARTING   no longer wanted          STOPPING   signal, stop deadline set (DYN-46)
 * UP         exited                    (none)     crash (DYN-17: exit status 0 too)
 * UP         far over its memory       EVICTED    R15, kill (DYN-57)
 * UP         client gone               UP         one-off: SIGHUP, three times, then R16 (DYN-64)
 * UP         time to live over         STOPPING   one-off: signal, stop deadline set (DYN-67)
 * UP         no longer wanted          STOPPING   signal, stop deadline set
 * UP         no longer wanted, web,    DRAINING   no more requests; drain deadline set
 *            and there is a door
 * DRAINING   drained, drain deadline,  STOPPING   signal, stop deadline set
 *            door gone, app closed
 * DRAINING   exited                    (none)     told stopped
 * FAILING    exited                    (none)     crash
 * FAILING    no longer wanted          STOPPING   nothing: it is being killed already
 * OUSTED     exited                    (none)     crash
 * OUSTED     no longer wanted          STOPPING   nothing: it is being killed already
 * EVICTED    exited                    (none)     crash
 * EVICTED    no longer wanted          STOPPING   nothing: it is being killed already
 * CANCELLED  spawned                   STOPPING   signal, stop deadline set
 * CANCELLED  spawn failed              (none)     told stopped
 * STOPPING   stop deadline             STOPPING   R12, kill (DYN-47)
 * STOPPING   exited                    (none)     told stopped
 * </pre>
 *
 * A fact that the table does not list for a phase changes nothing. "No longer wanted" means: of a name beyond the
 * formation; or outdated (of another release or size than the app's, asked to restart, or due for cycling) and its turn
 * in the {@link io.procmodel.policy.Rollout} has come; or put to sleep; or the app is closed. A one-off dyno is no longer
 * wanted when somebody stops it or the app is closed, and wherever the table says crash or told stopped, it is told
 * completed and not started again (DYN-8, DYN-18).
 * "A door" is a {@link io.procmodel.traffic.FrontDoor}.
 *
 * <p>A singleton's dyno is "no longer wanted" also when its lease is not held, and "wanted" only when it is and no instance
 * of the type is left in any phase: its replacement is always a stop, a wait and a start, whatever the rollout.
 */
enum Phase {
    SPAWNING(DynoState.STARTING, true),
    STARTING(DynoState.STARTING, true),
    UP(DynoState.UP, true),
    FAILING(DynoState.STARTING, true),
    OUSTED(DynoState.STARTING, true),
    EVICTED(DynoState.UP, true),
    DRAINING(DynoState.STOPPING, false),
    CANCELLED(DynoState.STOPPING, false),
    STOPPING(DynoState.STOPPING, false);

    private final DynoState state;
    private final boolean active;

    Phase(DynoState state, boolean active) {
        this.state = state;
        this.active = active;
    }

    /** The state that people see. */
    DynoState state() {
        return state;
    }

    /** Whether an instance in this phase fills its name's place in the formation. */
    boolean active() {
        return active;
    }
}
