package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an independent implementation: scapy says, octet by octet, what a router must make of a packet. */
class ScapyTest {
    private static final long MAC_A = 0x020000000101L;
    private static final long MAC_B = 0x020000000102L;
    private static final long HOST_B = 0x02000000aa02L;
    private static final int PACKETS = 1_500;

    @TempDir
    private Path directory;

    private void generate() throws IOException {
        ScapyScript.run(ScapyTest.class, "golden.py", directory, 4711, PACKETS);
    }

    @Test
    void shouldTurnPacketsIntoWhatScapyExpects() throws Exception {
        generate();
        try (HandDrivenDataplane dataplane = new HandDrivenDataplane(1)) {
            dataplane.port(0, Pcap.read(directory.resolve("in.pcap")));
            dataplane.port(1);
            var proxy = dataplane.proxy;
            proxy.topology().addRouter(1, 7, 101, 1000, 100, "blue");
            proxy.topology().addInterface(2, TestInterfaces.access(10, 7, 0, 0, MAC_A, 1500, "a"));
            proxy.topology().addInterface(3, TestInterfaces.access(12, 7, 0, 10, MAC_A, 1500, "c"));
            proxy.topology().addInterface(4, TestInterfaces.access(11, 7, 1, 20, MAC_B, 1500, "b"));
            NextHops via4 = new NextHops().add(11, 0, 0x0a000202, 1);
            NextHops via6 = new NextHops().add(11, 0xfe80000000000000L, 2, 1);
            proxy.tables().addRoute(5, 7, AddressFamily.IPV4, 0, 0x0a000200, 24, RouteKind.UNICAST, via4);
            proxy.tables().addRoute(6, 7, AddressFamily.IPV6, 0x20010db800020000L, 0, 48, RouteKind.UNICAST, via6);
            proxy.tables().addNeighbour(7, 11, AddressFamily.IPV4, 0, 0x0a000202, HOST_B);
            proxy.tables().addNeighbour(8, 11, AddressFamily.IPV6, 0xfe80000000000000L, 2, HOST_B);
            dataplane.settle();
            dataplane.run();

            List<byte[]> sent = dataplane.sent(1);
            List<byte[]> expected = Pcap.read(directory.resolve("expected.pcap"));
            assertThat(sent).hasSize(PACKETS);
            assertEqual(ofType(sent, 0x08), ofType(expected, 0x08));
            assertEqual(ofType(sent, 0x86), ofType(expected, 0x86));
            long service = dataplane.drops(-1, DropReason.SERVICE_TAGGED);
            long several = dataplane.drops(-1, DropReason.DOUBLE_TAGGED);
            assertThat(service + " " + several).isEqualTo(Files.readString(directory.resolve("tags")));
            assertThat(Math.min(service, several)).isPositive();
        }
    }

    /** The frames of one family: within it order is kept, between the two it need not be. */
    private static List<byte[]> ofType(List<byte[]> frames, int firstOctet) {
        return frames.stream().filter(frame -> (frame[16] & 0xff) == firstOctet).toList();
    }

    private static void assertEqual(List<byte[]> sent, List<byte[]> expected) {
        assertThat(sent).hasSameSizeAs(expected).isNotEmpty();
        for (int i = 0; i < sent.size(); i++) {
            assertThat(sent.get(i)).as("packet %d", i).isEqualTo(expected.get(i));
        }
    }
}
