package io.vireo.control.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CpuPriorityTest {
    private static final Path AUTOGROUP = Path.of("/proc/self/autogroup");

    @Test
    void shouldRankTheSessionNotOnlyTheThreadsInIt() throws Exception {
        // Without autogroups there is nothing to rank but threads.
        String session = Files.exists(AUTOGROUP) ? "cat " + AUTOGROUP + "; " : "echo nice -10; ";
        assertThat(run(CpuPriority.DATA_PLANE.of(List.of("sh", "-c", session + "nice"))))
                .satisfiesExactly(
                        line -> assertThat(line).endsWith("nice -10"),
                        line -> assertThat(line).isEqualTo("-10"));
    }

    @Test
    void shouldLeaveTheSessionOfTheSupervisorAsItIs() throws Exception {
        List<String> before = Files.exists(AUTOGROUP) ? Files.readAllLines(AUTOGROUP) : List.of();
        run(CpuPriority.CONTROL.of(List.of("true")));
        assertThat(Files.exists(AUTOGROUP) ? Files.readAllLines(AUTOGROUP) : List.of())
                .isEqualTo(before);
    }

    @Test
    void shouldKeepTheProcessSoThatItsIdNamesTheService() throws Exception {
        Process process = start(CpuPriority.CONTROL.of(List.of("sh", "-c", "echo $$")));
        String id = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(id).isEqualTo(Long.toString(process.pid()));
    }

    @Test
    void shouldStartTheServiceAllTheSameWhereNothingIsGranted() throws Exception {
        List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-sys_nice", "--inh-caps=-sys_nice"));
        command.addAll(List.of("--reuid=65534", "--regid=65534", "--clear-groups"));
        command.addAll(CpuPriority.DATA_PLANE.of(List.of("echo", "two words")));
        assertThat(run(command)).last().isEqualTo("two words");
    }

    @Test
    void shouldRefuseANicenessThatLinuxDoesNotHave() {
        assertThatThrownBy(() -> new CpuPriority(-21)).hasMessage("niceness -21 is not in -20..19");
        assertThatThrownBy(() -> new CpuPriority(20)).hasMessage("niceness 20 is not in -20..19");
    }

    private static List<String> run(List<String> command) throws Exception {
        Process process = start(command);
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as("%s", lines).isZero();
        return lines;
    }

    private static Process start(List<String> command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
