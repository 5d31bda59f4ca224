package io.vireo.dataplane;

/** What the start has to say: on the standard output, which is the process's log. Start-up only; any thread. */
final class ProcessLog {
    private ProcessLog() {}

    /** Writes a line. */
    static void write(String line) {
        System.out.println(line);
    }
}
