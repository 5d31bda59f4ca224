package io.vireo.bench.report;

import io.vireo.control.doctor.LinuxMachine;
import io.vireo.control.process.Command;
import io.vireo.control.process.Command.Result;
import java.nio.file.Path;

/**
 * Where figures come from: only figures of one machine can be compared.
 *
 * @param machine processor and number of CPUs
 * @param commit the checkout's commit, with {@code +} when files differ from it
 */
public record Origin(String machine, String commit) {
    /** Of figures that are still on their way to a report. */
    public static final Origin UNKNOWN = new Origin("", "");

    /** This machine and the checkout in {@code home}. */
    public static Origin here(Path home) {
        LinuxMachine machine = LinuxMachine.local();
        String processor = machine.text("proc/cpuinfo")
                .lines()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown processor");
        return new Origin(processor + ", " + machine.onlineCpus().size() + " CPUs", commit(home));
    }

    private static String commit(Path home) {
        String directory = home.toString();
        Result head = Command.of("git", "-C", directory, "rev-parse", "--short", "HEAD")
                .run();
        if (!head.succeeded()) {
            return "unknown";
        }
        Result changes = Command.of("git", "-C", directory, "status", "--porcelain", "--untracked-files=no")
                .run();
        return head.text().strip() + (changes.text().isBlank() ? "" : "+");
    }
}
