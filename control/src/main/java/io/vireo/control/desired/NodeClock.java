package io.vireo.control.desired;

import java.time.InstantSource;

/**
 * The time of day, for people, and the time since the machine started, for trials: nobody sets it, and it goes on while control
 * is away and while the machine sleeps. Any thread may call.
 */
public interface NodeClock extends InstantSource {
    /** Which start of the machine {@link #uptimeMs} counts from. */
    String bootId();

    /** Milliseconds since the machine started. */
    long uptimeMs();

    /** The clock of this machine. */
    static NodeClock ofMachine() {
        return new MachineClock();
    }
}
