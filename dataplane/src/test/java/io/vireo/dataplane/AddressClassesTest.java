package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Packets of each class of source and destination address: a namespace's kernel with a default route says what a router does with
 * them ({@code ip route get … iif}), and the fast path does the same, or punts.
 */
class AddressClassesTest {
    private static final String NAMESPACE = "vpt-classes";
    private static final long MAC = 0x020000000101L;
    private static final long HOST = 0x02000000aa01L;
    private static final int ROUTER = 7;

    private static final List<String> CLASSES = List.of(
            "0.0.0.0",
            "0.0.0.1",
            "0.255.255.255",
            "1.1.1.1",
            "10.0.0.9",
            "100.64.0.1",
            "126.255.255.255",
            "127.0.0.1",
            "127.255.255.255",
            "128.0.0.1",
            "169.253.0.1",
            "169.255.0.1",
            "192.0.2.1",
            "198.18.0.1",
            "223.255.255.255",
            "224.0.0.1",
            "224.0.1.129",
            "239.255.255.255",
            "240.0.0.0",
            "240.0.0.1",
            "250.1.2.3",
            "255.0.0.1",
            "255.255.255.254",
            "255.255.255.255");

    @BeforeEach
    void buildRouter() throws Exception {
        assumeTrue(isRoot(), "needs root: network namespaces");
        removeRouter();
        ip("netns", "add", NAMESPACE);
        for (String link : List.of("left", "right")) {
            ip("-n", NAMESPACE, "link", "add", link, "type", "veth", "peer", "name", link + "0");
            ip("-n", NAMESPACE, "link", "set", link + "0", "up");
            ip("-n", NAMESPACE, "link", "set", link, "up");
        }
        ip("-n", NAMESPACE, "addr", "add", "10.7.1.1/24", "dev", "left");
        ip("-n", NAMESPACE, "addr", "add", "10.7.2.1/24", "dev", "right");
        ip("-n", NAMESPACE, "route", "add", "default", "via", "10.7.2.2");
        run("ip", "netns", "exec", NAMESPACE, "sysctl", "-w", "net.ipv4.ip_forward=1");
        for (String scope : List.of("all", "left")) {
            run("ip", "netns", "exec", NAMESPACE, "sysctl", "-w", "net.ipv4.conf." + scope + ".rp_filter=0");
        }
    }

    @AfterEach
    void removeRouter() throws Exception {
        run("ip", "netns", "del", NAMESPACE);
    }

    @Test
    void shouldDoWithEachClassWhatLinuxDoes() throws Exception {
        List<String> differences = new ArrayList<>();
        for (String source : CLASSES) {
            for (String destination : CLASSES) {
                String kernel = kernel(source, destination);
                String fastPath = fastPath(source, destination);
                if (!kernel.equals(fastPath) && !fastPath.equals("punt")) {
                    differences.add(source + " > " + destination + ": Linux " + kernel + ", fast path " + fastPath);
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    /** What is not Linux's choice: RFC 3927 §7 forbids to forward link-local addresses, whatever the routes say. */
    @Test
    void shouldKeepLinkLocalAddressesOnTheirLinkAlthoughLinuxDoesNot() throws Exception {
        assertThat(kernel("10.0.0.9", "169.254.1.1")).isEqualTo("forward");
        assertThat(fastPath("10.0.0.9", "169.254.1.1")).isEqualTo("drop");
        assertThat(fastPath("169.254.1.1", "10.0.0.9")).isEqualTo("drop");
    }

    private static String kernel(String source, String destination) throws Exception {
        String answer = run("ip", "-n", NAMESPACE, "route", "get", destination, "from", source, "iif", "left");
        if (answer.contains("dev right")) {
            return "forward";
        }
        boolean isOurs = Stream.of("local ", "broadcast ", "multicast ").anyMatch(answer::startsWith);
        return isOurs ? "punt" : "drop";
    }

    private static String fastPath(String source, String destination) {
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(1)) {
            byte[] packet = TestFrames.ipv4(address(source), address(destination), 64, 20);
            dataplane.port(0, TestFrames.ethernet(MAC, HOST, 0x0800, packet));
            dataplane.port(1);
            var proxy = dataplane.proxy;
            proxy.topology().addRouter(1, ROUTER, 101, 1_000, 1_000, "blue");
            proxy.topology().addInterface(2, TestInterfaces.access(10, ROUTER, 0, 0, MAC, 1500, "left"));
            proxy.topology().addInterface(3, TestInterfaces.access(11, ROUTER, 1, 0, MAC, 1500, "right"));
            proxy.tables().addNeighbour(4, 11, AddressFamily.IPV4, 0, 0x0a070202, HOST);
            NextHops right = new NextHops().add(11, 0, 0x0a070202, 1);
            proxy.tables().addRoute(5, ROUTER, AddressFamily.IPV4, 0, 0, 0, RouteKind.UNICAST, right);
            dataplane.settle();
            dataplane.run();
            return !dataplane.sent(1).isEmpty() ? "forward" : dataplane.punts.frames.isEmpty() ? "drop" : "punt";
        }
    }

    private static int address(String text) {
        return Stream.of(text.split("\\.")).map(Integer::parseInt).reduce(0, (all, octet) -> all << 8 | octet);
    }

    private static boolean isRoot() throws Exception {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    private static void ip(String... arguments) throws Exception {
        run(Stream.concat(Stream.of("ip"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return answer.lines().collect(Collectors.joining(" "));
    }
}
