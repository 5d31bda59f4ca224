package io.vireo.dataplane.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dpdk.Mempool;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Workers and the conductor allocate, lock, log and throw nothing after start: {@link HotPathRule} on the data plane's own classes. */
class HotPathTest {
    private static final String EXEMPTIONS = "hot-path-exemptions.txt";
    private static final String RESOURCE = "dataplane/src/test/resources/io/vireo/dataplane/architecture/" + EXEMPTIONS;

    /** Packages, by their beginnings, and single classes, whose methods run after start though nobody in the data plane calls them. */
    private static final List<String> COVERED = Stream.of(
                    "capture/",
                    "conductor/",
                    "encapsulation/",
                    "forwarding/",
                    "interfaces/",
                    "membership/",
                    "nexthop/",
                    "path/",
                    "port/",
                    "schedule/",
                    "tables/",
                    "worker/",
                    "wire/command/CommandAdapter",
                    "wire/counters/ClassStatisticsWriter",
                    "wire/counters/StatisticsWriter",
                    "wire/event/EventProxy",
                    "wire/frame/CaptureWriter",
                    "wire/frame/InjectReader",
                    "wire/frame/PuntWriter",
                    "wire/ring/")
            .map("io/vireo/dataplane/"::concat)
            .toList();

    /** Of policies control and the conductor see the same classes; the conductor's and the workers' part is found by its calls. */
    private static final List<String> POLICIES =
            List.of("io/vireo/dataplane/schedule/policy/", "io/vireo/dataplane/membership/policy/");

    private final Map<String, String> exemptions = readExemptions();
    private final HotPathRule rule = new HotPathRule(
            CompiledClasses.besides(SharedLayout.class, Mempool.class),
            name -> COVERED.stream().anyMatch(name::startsWith)
                    && POLICIES.stream().noneMatch(name::startsWith));

    private static Map<String, String> readExemptions() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(HotPathTest.class.getResourceAsStream(EXEMPTIONS)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" : ", 2))
                    .collect(Collectors.toMap(
                            part -> part[0].strip(),
                            part -> part.length < 2 ? "" : part[1].strip(),
                            (one, other) -> one,
                            TreeMap::new));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldNeitherAllocateNorLockNorLogNorThrowAfterStart() {
        assertThat(rule.violations(exemptions.keySet()))
                .as(
                        "move it to a constructor, or write into what was made there; what really is no part of running is exempt by a line"
                                + " with its reason in " + RESOURCE)
                .isEmpty();
    }

    @Test
    void shouldNeedEveryExemptionAndHaveItsReason() {
        assertThat(rule.unneeded(exemptions.keySet()))
                .as("exemptions that excuse nothing any more: delete their lines in " + RESOURCE)
                .isEmpty();
        assertThat(exemptions)
                .allSatisfy((exemption, reason) ->
                        assertThat(reason).as("the reason of " + exemption).contains(" "));
    }

    /** A rule that looks at nothing finds nothing: the loops of worker and conductor must be among what runs. */
    @Test
    void shouldLookAtWhatWorkersAndConductorDo() {
        List<String> running = rule.running(exemptions.keySet()).stream()
                .map(MethodRef::toString)
                .toList();
        assertThat(running).hasSizeGreaterThan(1_000);
        assertThat(running).contains("dataplane.worker.Worker.doWork()", "dataplane.conductor.Conductor.doWork()");
        assertThat(List.of(
                        "dataplane.path.classify.Classify.",
                        "dataplane.path.transmit.Transmit.",
                        "dataplane.schedule.HfscScheduler.",
                        "dataplane.wire.command.CommandAdapter.",
                        "dataplane.wire.event.EventProxy.",
                        "dataplane.wire.sbe.AddRouteDecoder.",
                        "dpdk.TxQueue."))
                .allSatisfy(type -> assertThat(running.stream().anyMatch(method -> method.startsWith(type)))
                        .as(type)
                        .isTrue());
    }
}
