package io.procmodel.runtime;

/** Something that a runtime can promise on the machine at hand, probed once when it is opened. */
public enum Capability {
    /** A signal reaches every process of a dyno, not only its main one (Heroku: DYN-46). */
    PROCESS_GROUP,
    /** When the host dies, however it dies, the dynos' processes are killed at once. */
    HOST_DEATH_WATCHDOG,
    /**
     * Processes that have left their dyno's process group are found as well: signalled with it, killed after it, and killed
     * when the host dies.
     */
    ESCAPE_HUNT,
    /** Output of grandchildren that outlive a dyno's main process is not cut off. */
    COMPLETE_OUTPUT,
    /** A dyno that somebody is attached to can have a terminal, with window size and job control. */
    TERMINAL,
    /** A dyno has ids, mounts and users of its own; see {@link Isolation#SANDBOX}. */
    SANDBOX,
    /** A dyno's copy of a large slug is made by mounting it copy-on-write, in milliseconds. */
    OVERLAY_FILES,
    /** What a dyno uses is measured: memory, processes, processor time. */
    USAGE,
    /** The kernel holds all processes of a dyno together to twice the memory of its size: beyond that it is killed (R15). */
    MEMORY_LIMIT,
    /** A dyno has as many processes and threads as its size allows and no more, whoever it runs as. */
    PROCESS_LIMIT,
    /** On a busy machine dynos get processor time by their size. */
    CPU_SHARE
}
