package io.vireo.control.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.supervisor.CpuPriority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriorityCheckTest {
    @TempDir
    private Path root;

    @Test
    void shouldSayWhatWasGranted() throws Exception {
        write("stat", stat(-10, 0));
        write("autogroup", "/autogroup-25 nice -10\n");
        write("task/8/comm", "worker-0\n");
        write("task/8/stat", stat(-10, 2));
        write("task/9/comm", "conductor\n");
        write("task/9/stat", stat(-10, 0));
        assertThat(check()).isEqualTo(Finding.ok("priority", "niceness -10, of its session -10, worker-0 real-time"));
    }

    @Test
    void shouldWarnWhenTheSessionIsOneAmongOthers() throws Exception {
        write("stat", stat(-10, 0));
        write("autogroup", "/autogroup-25 nice 0\n");
        assertThat(check().verdict()).isEqualTo(Finding.Verdict.WARNING);
        assertThat(check().found()).isEqualTo("niceness -10, of its session 0, not -10");
    }

    @Test
    void shouldWarnWhenTheThreadsHaveNoRank() throws Exception {
        write("stat", stat(0, 0));
        assertThat(check().verdict()).isEqualTo(Finding.Verdict.WARNING);
    }

    @Test
    void shouldNotMissSessionsWhereTheKernelRanksNone() throws Exception {
        write("stat", stat(-10, 0));
        assertThat(check()).isEqualTo(Finding.ok("priority", "niceness -10"));
    }

    private Finding check() {
        return new PriorityCheck(new LinuxMachine(root)).of("priority", 7, CpuPriority.DATA_PLANE);
    }

    /** As proc_pid_stat(5), with a name that looks like fields. */
    private static String stat(int niceness, int policy) {
        List<String> fields = new ArrayList<>(Collections.nCopies(50, "1"));
        fields.set(19 - 3, Integer.toString(niceness));
        fields.set(41 - 3, Integer.toString(policy));
        return "7 (a) b) " + String.join(" ", fields) + "\n";
    }

    private void write(String file, String text) throws Exception {
        Path path = root.resolve("proc/7").resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
