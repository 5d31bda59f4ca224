package io.vireo.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import java.util.Collections;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Protocols below IP for whoever listens on an interface's TAP device: by VLAN, across links, and within bounds. */
class LinkProtocolsTest {
    private static final int ROUTER = 7;
    private static final int UNTAGGED = 10;
    private static final int TAGGED = 11;
    private static final int LINK = 12;
    private static final int FAR_END = 13;
    private static final int VLAN = 20;
    private static final long MAC = 0x020000000101L;
    private static final long HOST = 0x02000000aa01L;

    private final HandDrivenDataplane dataplane = new HandDrivenDataplane(1);

    @AfterEach
    void everyBufferComesHome() {
        dataplane.close();
    }

    private void receive(List<byte[]> frames) {
        dataplane.port(0, frames);
        var topology = dataplane.proxy.topology();
        topology.addRouter(1, ROUTER, 101, 100, 100, "blue/r1");
        topology.addInterface(2, TestInterfaces.access(UNTAGGED, ROUTER, 0, 0, MAC, 1500, "untagged"));
        topology.addInterface(3, TestInterfaces.access(TAGGED, ROUTER, 0, VLAN, MAC, 1500, "tagged"));
        topology.addInterface(4, TestInterfaces.link(LINK, ROUTER, FAR_END, MAC, 1500, "link"));
        topology.addInterface(5, TestInterfaces.link(FAR_END, ROUTER, LINK, MAC, 1500, "far"));
        dataplane.settle();
        dataplane.run();
    }

    private void assertPunted(int interfaceId, byte[] frame) {
        assertThat(dataplane.punts.reasons).containsExactly(PuntReason.OTHER.code());
        assertThat(dataplane.punts.interfaces).containsExactly(interfaceId);
        assertThat(dataplane.punts.frames.getFirst()).isEqualTo(frame);
    }

    @Test
    void shouldPuntTaggedOnesToTheInterfaceOfTheirVlanWithoutTag() {
        receive(List.of(TestFrames.tagged(0x0180c200000eL, HOST, VLAN, 0x88cc, new byte[46])));
        assertPunted(TAGGED, TestFrames.ethernet(0x0180c200000eL, HOST, 0x88cc, new byte[46]));
    }

    @Test
    void shouldCarryThemAcrossALinkOfTwoRouters() {
        byte[] frame = TestFrames.ethernet(0x0180c200000eL, MAC, 0x88cc, new byte[46]);
        receive(List.of());
        dataplane.injectWriter(0).inject(LINK, new UnsafeBuffer(frame), 0, frame.length);
        dataplane.run();
        assertPunted(FAR_END, frame);
    }

    @Test
    void shouldPuntNoMoreThanTheirBudget() {
        byte[] frame = TestFrames.ethernet(0x0180c200000eL, HOST, 0x88cc, new byte[46]);
        receive(Collections.nCopies(500, frame));
        long dropped = dataplane.drops(ROUTER, DropReason.PUNT_LIMIT_LINK);
        assertThat(dataplane.punts.frames).hasSizeBetween(1, 50);
        assertThat(dropped + dataplane.punts.frames.size()).isEqualTo(500);
    }
}
