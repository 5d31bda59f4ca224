package io.vireo.control.network.watch;

import java.util.concurrent.TimeUnit;

/**
 * Whether a substrate link is to be planned with. It is down as soon as an end has lost its carrier, and up again once both ends
 * have had theirs for a while: a link that flaps moves paths once. One thread.
 */
final class LinkHealth {
    /** A carrier is believed when it has been there for so long. */
    static final long HOLD_NS = TimeUnit.SECONDS.toNanos(5);

    private boolean isUp = true;
    private long goodSinceNs;
    private boolean wasGood = true;

    /** Hears how it is now; returns whether it is to be planned with. */
    boolean update(boolean isGood, long nowNs) {
        if (!isGood) {
            isUp = false;
        } else if (!wasGood) {
            goodSinceNs = nowNs;
        } else if (!isUp && nowNs - goodSinceNs >= HOLD_NS) {
            isUp = true;
        }
        wasGood = isGood;
        return isUp;
    }

    boolean isUp() {
        return isUp;
    }
}
