package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Direction;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.value.NextHops;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users see of single packets: captures and traces. */
class ObservationTest {
    private static final long MAC_A = 0x020000000101L;
    private static final long MAC_B = 0x020000000102L;
    private static final long HOST_A = 0x02000000aa01L;
    private static final long HOST_B = 0x02000000aa02L;
    private static final int IP_A = 0x0a000102;
    private static final int IP_B = 0x0a000202;
    private static final int ROUTER = 7;
    private static final int A = 10;
    private static final int B = 11;
    private static final int ANY = -1;

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    private void build(byte[]... frames) {
        dataplane.port(0, frames);
        dataplane.port(1);
        var proxy = dataplane.proxy;
        proxy.topology().addRouter(1, ROUTER, 101, 1_000_000, 1_000, "blue");
        proxy.topology().addInterface(2, TestInterfaces.access(A, ROUTER, 0, 30, MAC_A, 1500, "a"));
        proxy.topology().addInterface(3, TestInterfaces.access(B, ROUTER, 1, 20, MAC_B, 1500, "b"));
        proxy.tables()
                .addRoute(
                        4,
                        ROUTER,
                        AddressFamily.IPV4,
                        0,
                        0x0a000200,
                        24,
                        RouteKind.UNICAST,
                        new NextHops().add(B, 0, IP_B, 1));
        proxy.tables().addNeighbour(5, B, AddressFamily.IPV4, 0, IP_B, HOST_B);
    }

    private static byte[] frame(int ttl) {
        return TestFrames.ethernet(MAC_A, HOST_A, 0x0800, TestFrames.ipv4(IP_A, IP_B, ttl, 30));
    }

    private static byte[] taggedFrame(int ttl) {
        return TestFrames.tagged(MAC_A, HOST_A, 30, 0x0800, TestFrames.ipv4(IP_A, IP_B, ttl, 30));
    }

    @Test
    void shouldCaptureReceivedAndSentWithoutTag() {
        build(taggedFrame(64));
        dataplane.proxy.startCapture(6, 0, ANY, ANY, 65_535, 1_000);
        dataplane.settle();
        dataplane.run();

        assertThat(dataplane.captures.all).hasSize(2);
        var received = dataplane.captures.all.getFirst();
        assertThat(received.direction()).isEqualTo(Direction.RECEIVED);
        assertThat(received.interfaceId()).isEqualTo(A);
        assertThat(received.frame()).isEqualTo(frame(64));
        var sent = dataplane.captures.all.getLast();
        assertThat(sent.direction()).isEqualTo(Direction.SENT);
        assertThat(sent.interfaceId()).isEqualTo(B);
        assertThat(sent.frame()).hasSize(frame(64).length);
    }

    @Test
    void shouldCaptureOneInterfaceUpToSnapLengthAndLimit() {
        build(taggedFrame(64), taggedFrame(64), taggedFrame(64));
        dataplane.proxy.startCapture(6, 3, B, ANY, 20, 2);
        dataplane.settle();
        dataplane.run();

        assertThat(dataplane.captures.all).hasSize(2).allSatisfy(captured -> {
            assertThat(captured.captureId()).isEqualTo(3);
            assertThat(captured.interfaceId()).isEqualTo(B);
            assertThat(captured.frame()).hasSize(20);
            assertThat(captured.originalLength()).isEqualTo(64);
        });
    }

    @Test
    void shouldCaptureOnlyTheDropReasonAskedFor() {
        build(taggedFrame(64), TestFrames.with(taggedFrame(64), 28, 1), TestFrames.with(taggedFrame(64), 18, 0x65));
        dataplane.proxy.startCapture(6, 1, ANY, DropReason.IPV4_BAD_CHECKSUM.code(), 100, 1_000);
        dataplane.settle();
        dataplane.run();

        assertThat(dataplane.captures.all).hasSize(1);
        assertThat(dataplane.captures.all.getFirst().direction()).isEqualTo(Direction.DROPPED);
        assertThat(dataplane.captures.all.getFirst().dropReason()).isEqualTo(DropReason.IPV4_BAD_CHECKSUM.code());
    }

    @Test
    void shouldCaptureNothingAfterStop() {
        build(taggedFrame(64));
        dataplane.proxy.startCapture(6, 0, ANY, ANY, 100, 1_000);
        dataplane.proxy.stopCapture(7, 0);
        dataplane.settle();
        dataplane.run();

        assertThat(dataplane.captures.all).isEmpty();
    }

    private void trace(byte[] frame) {
        dataplane.settle();
        var inject = dataplane.injectWriter(0);
        assertThat(inject.trace(77, A, new UnsafeBuffer(frame), 0, frame.length))
                .isTrue();
        dataplane.run();
    }

    @Test
    void shouldTraceThroughAllStagesWithoutSendingOrCounting() {
        build();
        trace(frame(64));

        assertThat(dataplane.punts.steps)
                .containsExactly(
                        "ARRIVE CONTINUE -1 10 -1",
                        "CHECK CONTINUE -1 10 -1",
                        "CLASSIFY CONTINUE -1 10 -1",
                        "FORWARD CONTINUE -1 10 11",
                        "MODIFY CONTINUE -1 10 11",
                        "SCHEDULE CONTINUE -1 10 11",
                        "TRANSMIT TRANSMIT -1 10 11");
        assertThat(dataplane.punts.ends).containsExactly("7 TRANSMIT -1 11");
        assertThat(dataplane.statistics().interfaceCounts(A).rxPackets()).isZero();
        assertThat(dataplane.sent(1)).isEmpty();
    }

    @Test
    void shouldTraceToThePunt() {
        build();
        trace(frame(1));

        assertThat(dataplane.punts.ends).containsExactly("5 PUNT " + PuntReason.TTL_EXPIRED.code() + " 11");
        assertThat(dataplane.punts.frames).isEmpty();
    }

    @Test
    void shouldTraceToTheDrop() {
        build();
        trace(TestFrames.with(frame(64), 24, 1));

        int reason = DropReason.IPV4_BAD_CHECKSUM.code();
        assertThat(dataplane.punts.steps).contains("CHECK DROP " + reason + " 10 -1");
        assertThat(dataplane.punts.ends).containsExactly("3 DROP " + reason + " -1");
        assertThat(dataplane.drops(ROUTER, DropReason.IPV4_BAD_CHECKSUM)).isZero();
    }

    @Test
    void shouldInjectTaggedAsTheInterfaceWants() {
        build();
        dataplane.settle();
        byte[] frame = TestFrames.ethernet(HOST_B, MAC_B, 0x0806, new byte[46]);
        dataplane.injectWriter(0).inject(B, new UnsafeBuffer(frame), 0, frame.length);
        dataplane.run();

        assertThat(dataplane.statistics().interfaceCounts(B).txPackets()).isEqualTo(1);
        assertThat(dataplane.sent(1)).containsExactly(TestFrames.tagged(HOST_B, MAC_B, 20, 0x0806, new byte[46]));
    }

    @Test
    void shouldDropInjectionIntoInterfaceThatIsDown() {
        build();
        dataplane.proxy.topology().setInterfaceState(6, B, false);
        dataplane.settle();
        byte[] frame = TestFrames.ethernet(HOST_B, MAC_B, 0x0806, new byte[46]);
        dataplane.injectWriter(0).inject(B, new UnsafeBuffer(frame), 0, frame.length);
        dataplane.run();

        assertThat(dataplane.drops(ROUTER, DropReason.INJECT_INVALID)).isEqualTo(1);
        assertThat(dataplane.sent(1)).isEmpty();
    }
}
