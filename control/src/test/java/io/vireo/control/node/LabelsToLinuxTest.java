package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.LabelStatus;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A node and a Linux kernel switch each other's labels. The host sends into a tunnel of VPN blue, whose label Linux swaps for one of the
 * node's table; the node does with that what its table says, and what comes to Linux so is Linux's own. Back Linux puts two labels on:
 * the node takes off the one for itself and the one of VPN blue.
 */
@Tag("slow")
class LabelsToLinuxTest {

    @TempDir
    private static Path directory;

    private static @Nullable LinuxPeerLab lab;

    /** What the node does with its label, and what Linux must know for it. */
    enum Operation {
        SWAP(2, "swap: 4002, via: 192.0.2.2", "3002", "4002"),
        SWAP_FOR_A_STACK(3, "swap: [4003, 4103], via: 192.0.2.2, ttl: pipe", "3003", "4003 4103"),
        PUSH(4, "push: 4004, via: 192.0.2.2", "3004", "4004 3004"),
        POP_FOR_THE_NEXT_HOP(5, "pop: true, via: 192.0.2.2", "3005", ""),
        POP_ABOVE_ANOTHER(6, "pop: true, via: 192.0.2.2, ttl: pipe", "3006/4006", "4006"),
        POP_ITS_OWN_AND_SWAP(7, "pop: true", "3007/3002", "4002"),
        /** It takes its own off, and its route has another. */
        ROUTE(9, "pop: true", "3009", "4009"),
        EXPLICIT_NULL(8, "swap: 0, via: 192.0.2.2", "3008", "");

        private final int number;
        private final String here;
        private final String pushed;
        private final String there;

        Operation(int number, String here, String pushed, String there) {
            this.number = number;
            this.here = here;
            this.pushed = pushed;
            this.there = there;
        }

        String label() {
            return "{label: %d, %s}, ".formatted(3000 + number, here);
        }

        String tunnel() {
            return """
                - name: t%1$d
                  encapsulation: {mpls: {underlay: core/r1, local: 192.0.2.1, remote: 192.0.2.2, over: ethernet,
                    label: {out: 500%1$d, in: 600%1$d}}}
                """.formatted(number);
        }

        String route() {
            return "- {prefix: 10.2.%1$d.0/24, interface: t%1$d}\n".formatted(number);
        }

        void configure(LinuxPeerLab running) {
            running.linux.run("ip address add 10.2." + number + ".2/32 dev lo");
            running.linux.run(
                    "ip -f mpls route replace 500" + number + " as " + pushed + " via inet 192.0.2.1 dev eth0");
            running.linux.run("for label in " + there + "; do ip -f mpls route replace $label dev lo; done");
        }
    }

    @BeforeAll
    static void start() throws ApplyRefusedException, InvalidConfigurationException {
        List<Operation> all = Arrays.asList(Operation.values());
        LinuxPeerLab running = new LinuxPeerLab(
                directory,
                all.stream().map(Operation::tunnel).collect(Collectors.joining()),
                all.stream().map(Operation::route).collect(Collectors.joining()),
                all.stream().map(Operation::label).collect(Collectors.joining())
                        + "{label: 3000, pop: true}, {label: 3001, pop: true, router: blue/r1}",
                "- {prefix: 10.2.9.0/24, via: 192.0.2.2, labels: 4009}");
        lab = running;
        running.linux.run("echo 10000 > /proc/sys/net/mpls/platform_labels");
        running.linux.run("echo 1 > /proc/sys/net/mpls/conf/eth0/input");
        running.linux.run("echo 1 > /proc/sys/net/mpls/conf/lo/input");
        running.linux.run("ip address add 192.0.2.2/24 dev eth0");
        running.linux.run("ip route replace 10.0.1.0/24 encap mpls 3000/3001 via 192.0.2.1 dev eth0");
        all.forEach(operation -> operation.configure(running));
    }

    @AfterAll
    static void stop() {
        if (lab != null) {
            lab.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSwitchLabelsWithLinux(Operation operation) {
        LinuxPeerLab running = Objects.requireNonNull(lab);
        String address = "10.2." + operation.number + ".2";
        running.waitUntilReached(address);
        long before = packets(running, operation);
        long backBefore = packets(running, 3001);
        assertThat(running.ping("-c 20 -l 20 -i 1 -W 3 " + address)).contains(" 0% packet loss");
        assertThat(packets(running, operation) - before).isGreaterThanOrEqualTo(20);
        assertThat(packets(running, 3001) - backBefore).isGreaterThanOrEqualTo(20);
        assertThat(running.node.service().status().drops())
                .noneSatisfy(
                        drop -> assertThat(drop.toString()).containsAnyOf("TUNNEL_", "LABEL_STACK", "TTL_EXPIRED"));
    }

    private static long packets(LinuxPeerLab running, Operation operation) {
        return packets(running, 3000 + operation.number);
    }

    private static long packets(LinuxPeerLab running, int label) {
        return running.node.service().labels().stream()
                .filter(each -> each.label() == label)
                .mapToLong(LabelStatus::packets)
                .sum();
    }
}
