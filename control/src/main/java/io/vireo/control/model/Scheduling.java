package io.vireo.control.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the packets that leave by an interface are scheduled: the interface's own class, a child of the port, and the
 * classes below it.
 *
 * @param curves       what the interface is promised, and what it may take.
 * @param queue        how much may be queued, if there are no classes.
 * @param codel        how standing queues are kept short, or null when they are not.
 * @param defaultClass the class of the packets that no class matches, or null for one of their own.
 * @param classes      the classes below; of those that match a packet, the first has it.
 */
public record Scheduling(
        ClassCurves curves,
        QueueLimits queue,
        @Nullable CoDel codel,
        @Nullable String defaultClass,
        List<SchedulingClass> classes) {

    public Scheduling {
        classes = List.copyOf(classes);
    }
}
