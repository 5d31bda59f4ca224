package io.vireo.control.desired;

import java.time.Duration;
import java.time.Instant;

/** A clock that goes on when it is told to, and whose time of day may be set. */
public final class ManualClock implements NodeClock {
    private Instant timeOfDay = Instant.parse("2026-11-20T12:00:00Z");
    private long uptimeMs = 5_000;
    private int boots = 1;

    /** Lets time go by. */
    public void pass(Duration time) {
        timeOfDay = timeOfDay.plus(time);
        uptimeMs += time.toMillis();
    }

    /** Somebody sets the time of day. */
    public void set(Duration ahead) {
        timeOfDay = timeOfDay.plus(ahead);
    }

    /** The machine starts again. */
    public void reboot() {
        boots++;
        uptimeMs = 1_000;
    }

    @Override
    public Instant instant() {
        return timeOfDay;
    }

    @Override
    public String bootId() {
        return "boot " + boots;
    }

    @Override
    public long uptimeMs() {
        return uptimeMs;
    }
}
