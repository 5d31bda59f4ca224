package io.vireo.control.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A class of an interface's traffic.
 *
 * @param name    unique in its interface.
 * @param parent  the class it stands below, or null for the interface's own.
 * @param curves  what it is promised, and what it may take.
 * @param queue   how much may be queued, if nothing stands below it.
 * @param codel   how standing queues are kept short, or null when they are not.
 * @param matches which packets belong to it, if nothing stands below it; none for a class that is only the default.
 */
public record SchedulingClass(
        String name,
        @Nullable String parent,
        ClassCurves curves,
        QueueLimits queue,
        @Nullable CoDel codel,
        List<ClassMatch> matches) {

    /** Name of the class that the node makes for what no class matches; no configured name can be like it. */
    public static final String DEFAULT_NAME = "(default)";

    public SchedulingClass {
        matches = List.copyOf(matches);
    }

    /** What a class is known by on its node: {@code VPN/ROUTER/INTERFACE:CLASS}. */
    public static String key(String interfaceKey, String name) {
        return interfaceKey + ":" + name;
    }
}
