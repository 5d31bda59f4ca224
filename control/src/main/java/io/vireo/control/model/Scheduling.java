package io.vireo.control.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the packets that leave by an interface are scheduled: the interface's own class, a child of the port, and the
 * classes below it. A tunnel's packets are charged to its class where their outermost packets leave by that port.
 *
 * @param port         of which port a tunnel has the class; null where the interface is on a port, which it is then.
 * @param curves       what the interface is promised, and what it may take.
 * @param queue        how much may be queued, with classes of what none of them matches.
 * @param codel        how that queue is kept from standing, or null when it is not.
 * @param defaultClass the class of the packets that no class matches, or null for one of their own.
 * @param classes      the classes below; of those that match a packet, the first has it.
 */
public record Scheduling(
        @Nullable String port,
        ClassCurves curves,
        QueueLimits queue,
        @Nullable CoDel codel,
        @Nullable String defaultClass,
        List<SchedulingClass> classes) {

    /** What an interface has that says nothing. */
    public static final Scheduling NONE =
            new Scheduling(null, ClassCurves.NONE, QueueLimits.DEFAULT, null, null, List.of());

    public Scheduling {
        classes = List.copyOf(classes);
    }

    /** Whether anything is guaranteed. */
    public boolean hasGuarantee() {
        return curves.realTime() != null
                || classes.stream().anyMatch(element -> element.curves().realTime() != null);
    }
}
