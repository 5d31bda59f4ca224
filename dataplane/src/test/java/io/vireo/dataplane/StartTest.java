package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.wire.code.PortState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping the process, and what it says when it cannot start. */
class StartTest {
    @TempDir
    private Path directory;

    private static Context conclude(String... arguments) {
        return Context.conclude(arguments, Map.of("vireo.workers", "2", "java.home", "/x"));
    }

    @Test
    void shouldLetArgumentsOverrideProperties() {
        assertThat(conclude().workers()).isEqualTo(2);
        assertThat(conclude("vireo.workers=3").workers()).isEqualTo(3);
        assertThat(conclude("vireo.worker.cores=0, 1").workerCores()).containsExactly(0, 1);
    }

    @Test
    void shouldLetTheConductorIdleAsWorkersDoUnlessToldOtherwise() {
        assertThat(conclude("vireo.idle=busy-spin").conductorIdle()).isEqualTo(IdleChoice.BUSY_SPIN);

        Context context = conclude("vireo.idle=busy-spin", "vireo.conductor.idle=backoff");
        assertThat(context.workerIdle()).isEqualTo(IdleChoice.BUSY_SPIN);
        assertThat(context.conductorIdle()).isEqualTo(IdleChoice.BACKOFF);
        assertThatThrownBy(() -> conclude("vireo.conductor.idle=lazy"))
                .hasMessageStartingWith("vireo.conductor.idle=lazy is none of");
    }

    @Test
    void shouldLeaveAnIdleMachineInPeaceUnlessAskedForLatency() {
        assertThat(conclude().workerIdle()).isEqualTo(IdleChoice.ADAPTIVE);
        assertThat(conclude().conductorIdle()).isEqualTo(IdleChoice.ADAPTIVE);
        assertThat(conclude("vireo.idle=backoff").workerIdle()).isEqualTo(IdleChoice.BACKOFF);
    }

    @Test
    void shouldRankWorkersAsOthersUnlessAsked() {
        assertThat(ThreadRank.ofWorkers(conclude())).isEqualTo(ThreadRank.ORDINARY);
        assertThat(ThreadRank.ofWorkers(conclude("vireo.worker.realtime=true", "vireo.idle=busy-spin")))
                .isEqualTo(ThreadRank.ORDINARY);
    }

    @Test
    void shouldKeepPacketsInTransparentHugePagesUnlessThereAreBetterReasons() {
        assertThat(conclude().useTransparentHugepages()).isTrue();
        assertThat(conclude("vireo.transparent.hugepages=false").useTransparentHugepages())
                .isFalse();
        assertThat(conclude("vireo.hugepages=true").useTransparentHugepages()).isFalse();
        assertThat(conclude("vireo.pci=true").useTransparentHugepages()).isFalse();
    }

    @Test
    @Tag("slow")
    void shouldRefuseZeroCopyOfPacketsThatNobodyElseCanMap() throws Exception {
        String devargs = "net_memif0,role=client,zero-copy=yes,socket=" + directory.resolve("memif.sock");
        try (DataplaneJvm dataplane = DataplaneJvm.start(directory)) {
            dataplane.proxy.topology().addPort(dataplane.proxy.nextCorrelationId(), 0, 1, 512, 1500, "m", devargs);
            dataplane.await("the refusal", () -> !dataplane.events.refusals.isEmpty());
            assertThat(dataplane.events.refusals.getFirst())
                    .startsWith("DEVICE devargs: zero-copy=yes needs packet buffers that another process can map");
            assertThat(dataplane.events.ports).containsEntry(0, PortState.FAILED);
        }
    }

    @Test
    void shouldSayHowLongEachPartOfTheStartTook() {
        StartTimes times = new StartTimes(1_000_000);
        times.done("DPDK", 32_900_000);
        times.done("memory", 42_900_000);
        assertThat(times).hasToString("started: DPDK 31 ms, memory 10 ms");
    }

    @Test
    void shouldNameTheSettingThatIsWrong() {
        assertThatThrownBy(() -> conclude("vireo.workers=0")).hasMessageStartingWith("vireo.workers=0 is not in 1..");
        assertThatThrownBy(() -> conclude("vireo.mbufs=many")).hasMessage("vireo.mbufs: 'many' is not a number");
        assertThatThrownBy(() -> conclude("vireo.idle=lazy")).hasMessageStartingWith("vireo.idle=lazy is none of");
        assertThatThrownBy(() -> conclude("vireo.pci=maybe")).hasMessage("vireo.pci=maybe is neither true nor false");
        assertThatThrownBy(() -> conclude("vireo.wokers=1")).hasMessageStartingWith("there is no setting vireo.wokers");
        assertThatThrownBy(() -> conclude("workers")).hasMessageContaining("vireo.name=value");
        assertThatThrownBy(() -> conclude("vireo.worker.cores=1"))
                .hasMessage("vireo.worker.cores names 1 cores for 2 workers: name one each");
    }

    @Test
    void shouldRefuseCoresThatDoNotExist() {
        assertThatThrownBy(() -> Threads.requireUsable(1000)).hasMessageContaining("core 1000");
    }

    @Test
    @Tag("slow")
    void shouldRunOncePerDirectoryAndStopCleanly() throws Exception {
        try (DataplaneJvm first = DataplaneJvm.start(directory, "vireo.worker.cores=0")) {
            assertThat(threadCores(first.process.pid())).containsEntry("worker-0", "0");

            Process second = DataplaneJvm.java(DataplaneMain.class, "vireo.node.dir=" + directory)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(second.waitFor()).isEqualTo(1);
            assertThat(output)
                    .contains("a data plane is already running in " + directory + " (process " + first.process.pid()
                            + ")");

            assertThat(first.stop()).isEqualTo(143);
            assertThat(first.log()).contains("ready").contains("stopping, 0 packet buffers in use");
            assertThat(directory.resolve("dataplane.pid")).doesNotExist();
        }
    }

    @Test
    @Tag("slow")
    void shouldSayThatTheMemoryIsTooSmall() throws Exception {
        Process process = DataplaneJvm.java(
                        DataplaneMain.class,
                        "vireo.node.dir=" + directory,
                        "vireo.memory.mb=16",
                        "vireo.mbufs=100000",
                        "vireo.transparent.hugepages=false")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(output).contains("vireo data plane: cannot create pool 'packets' of 100000 mbufs");
        assertThat(directory.resolve("dataplane.pid")).doesNotExist();
    }

    /** The cores each thread of a process may run on, by the thread's name. */
    private static Map<String, String> threadCores(long pid) throws IOException {
        Map<String, String> cores = new java.util.HashMap<>();
        try (var tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks.toList()) {
                String name = "";
                for (String line : Files.readAllLines(task.resolve("status"))) {
                    String value = line.substring(line.indexOf(':') + 1).strip();
                    if (line.startsWith("Name:")) {
                        name = value;
                    } else if (line.startsWith("Cpus_allowed_list:")) {
                        cores.put(name, value);
                    }
                }
            }
        }
        return cores;
    }
}
