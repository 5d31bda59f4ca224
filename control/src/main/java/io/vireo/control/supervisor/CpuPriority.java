package io.vireo.control.supervisor;

import java.util.ArrayList;
import java.util.List;

/**
 * How a service ranks for CPU time where it shares CPUs with other work.
 *
 * <p>Linux divides time between sessions first (autogroups, sched(7)): the niceness of a thread counts within its session only, and
 * a build in another terminal gets as much as a service of any niceness. So the service leads a session of its own, and that session
 * has the niceness too.
 *
 * <p>What this machine does not grant (no CAP_SYS_NICE, a kernel without autogroups) is left as it is: the service starts all
 * the same, and {@code vireo doctor} says what it got.
 *
 * @param niceness -20 (first) to 19 (last), of the session and of the threads
 */
public record CpuPriority(int niceness) {
    /** Packets come first. */
    public static final CpuPriority DATA_PLANE = new CpuPriority(-10);

    /** Before ordinary work, so that it is soon back after its death; behind the data plane. */
    public static final CpuPriority CONTROL = new CpuPriority(-5);

    /**
     * Checks the range.
     *
     * @throws IllegalArgumentException when there is no such niceness
     */
    public CpuPriority {
        if (niceness < -20 || niceness > 19) {
            throw new IllegalArgumentException("niceness " + niceness + " is not in -20..19");
        }
    }

    /** A command that runs {@code command} with this priority, in the same process. */
    List<String> of(List<String> command) {
        // The shell gives the session its niceness, if it may, and becomes the command: the process keeps its id.
        String shell = "{ echo " + niceness + " > /proc/self/autogroup; } 2> /dev/null; exec \"$@\"";
        List<String> all =
                new ArrayList<>(List.of("setsid", "nice", "-n", Integer.toString(niceness), "sh", "-c", shell, "sh"));
        all.addAll(command);
        return all;
    }
}
