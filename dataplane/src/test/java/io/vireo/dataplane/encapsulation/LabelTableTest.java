package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.LabelRig.entry;
import static io.vireo.dataplane.encapsulation.LabelRig.frame;
import static io.vireo.dataplane.encapsulation.LabelRig.label;
import static io.vireo.dataplane.encapsulation.LabelRig.packet;
import static io.vireo.dataplane.encapsulation.LabelRig.sentPacket;
import static io.vireo.dataplane.encapsulation.LabelRig.swap;
import static io.vireo.dataplane.encapsulation.LabelRig.via;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** How a router's label table is changed, counted and reported. */
class LabelTableTest {
    private static final byte[] PACKET = packet(64);

    @Test
    void shouldCountPacketsAndBytesAndKeepCountsOverAChange() {
        byte[] comes = frame(entry(100, true, 64), PACKET);
        try (LabelRig rig = new LabelRig(List.of(comes, comes, comes))) {
            rig.add(swap(100, 200), via(1));
            rig.add(swap(101, 201), via(1));
            rig.dataplane.run();
            rig.add(swap(100, 300), via(2));
            rig.dataplane.proxy.labels().dumpLabels(20);
            rig.dataplane.settle();
            assertThat(rig.dataplane.events.labels)
                    .containsExactlyInAnyOrder(
                            swap(100, 300) + " via " + via(2) + ": 3 packets, " + 3 * (4 + PACKET.length) + " bytes",
                            swap(101, 201) + " via " + via(1) + ": 0 packets, 0 bytes");
            assertThat(rig.dataplane.events.dumps).containsEntry(20L, 2L);
        }
    }

    @Test
    void shouldBeginToCountAnewAfterARemoval() {
        try (LabelRig rig = new LabelRig(List.of(frame(entry(100, true, 64), PACKET)))) {
            rig.add(swap(100, 200), via(1));
            rig.dataplane.run();
            rig.dataplane.proxy.labels().removeLabel(20, LabelRig.ROUTER, 100);
            rig.dataplane.settle();
            rig.add(label(500).local(LabelRig.VPN));
            rig.dataplane.proxy.labels().dumpLabels(21);
            rig.dataplane.settle();
            assertThat(rig.dataplane.events.labels)
                    .containsExactly(label(500).local(LabelRig.VPN) + " via []: 0 packets, 0 bytes");
        }
    }

    @Test
    void shouldFollowAChangeAndARemoval() {
        byte[] comes = frame(entry(100, true, 64), PACKET);
        try (LabelRig rig = new LabelRig(List.of(comes))) {
            rig.add(swap(100, 200), via(1));
            rig.add(label(100), via(2));
            rig.dataplane.run();
            assertThat(rig.dataplane.sent(1)).containsExactly(sentPacket(2, packet(63)));
        }
        try (LabelRig rig = new LabelRig(List.of(comes))) {
            rig.add(swap(100, 200), via(1));
            rig.dataplane.proxy.labels().removeLabel(20, LabelRig.ROUTER, 100);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.LABEL_UNKNOWN))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldKeepWhatAResynchronisationRepeatsAndSweepTheRest() {
        byte[][] comes = {frame(entry(100, true, 64), PACKET), frame(entry(101, true, 64), PACKET)};
        try (LabelRig rig = new LabelRig(List.of(comes))) {
            rig.add(swap(100, 200), via(1));
            rig.add(swap(101, 201), via(1));
            rig.dataplane.proxy.resyncBegin(20, 1);
            rig.add(swap(100, 200), via(1));
            rig.dataplane.proxy.labels().dumpLabels(21);
            rig.dataplane.settle();
            assertThat(rig.dataplane.events.labels).as("until the end").hasSize(2);
            rig.dataplane.proxy.topology().addRouter(1, LabelRig.ROUTER, 102, 1_000_000, 1_000_000, "p");
            rig.dataplane.proxy.resyncEnd(22, 1);
            rig.dataplane.conduct();
            rig.dataplane.events.labels.clear();
            rig.dataplane.proxy.labels().dumpLabels(23);
            rig.dataplane.conduct();
            assertThat(rig.dataplane.events.labels)
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("label 100");
        }
    }

    /** Else another VPN's interface with the same number would receive it. */
    @Test
    void shouldForgetALabelWithItsReceiver() {
        try (LabelRig rig = new LabelRig(List.of(frame(entry(100, true, 64), packet(9))))) {
            rig.add(label(100).local(LabelRig.VPN));
            rig.dataplane.proxy.topology().removeInterface(20, LabelRig.VPN);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.LABEL_UNKNOWN))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldDropTowardsAnInterfaceThatIsGone() {
        try (LabelRig rig = new LabelRig(List.of(frame(entry(100, true, 64), PACKET)))) {
            rig.add(swap(100, 200), via(1));
            rig.dataplane.proxy.topology().removeInterface(20, LabelRig.OUT);
            rig.dataplane.settle();
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.EGRESS_DOWN))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldKnowLabelsOfItsOwnRouterOnly() {
        try (LabelRig rig = new LabelRig(List.of(frame(entry(100, true, 64), PACKET)))) {
            LabelSpec ofAnother = new LabelSpec().of(LabelRig.VPN_ROUTER, 100).local(LabelSpec.NO_INTERFACE);
            rig.add(ofAnother);
            rig.dataplane.run();
            assertThat(rig.dataplane.drops(LabelRig.ROUTER, DropReason.LABEL_UNKNOWN))
                    .isEqualTo(1);
        }
    }

    private static void assertRefused(String reason, LabelSpec spec, NextHops via) {
        try (LabelRig rig = new LabelRig(List.of())) {
            rig.add(label(100).local(LabelSpec.NO_INTERFACE));
            rig.dataplane.proxy.labels().addLabel(20, spec, via);
            rig.dataplane.conduct();
            assertThat(rig.dataplane.events.refusals).singleElement().asString().contains(reason);
        }
    }

    @Test
    void shouldSayWhyItRefuses() {
        NextHops ofAnother = new NextHops().add(LabelRig.VPN, 0, 7, 1);
        NextHops absent = new NextHops().add(99, 0, 7, 1);
        assertRefused("nextHops[0].interfaceId: interface 12 belongs to another router", label(200), ofAnother);
        assertRefused("nextHops[0].interfaceId: there is no interface 99", label(200), absent);
        assertRefused(
                "receiverInterfaceId: there is no interface 99", label(200).local(99), NextHops.NONE);
        assertRefused("there is no router 77", new LabelSpec().of(77, 200), via(1));
        try (LabelRig rig = new LabelRig(List.of())) {
            rig.dataplane.proxy.labels().removeLabel(20, LabelRig.ROUTER, 100);
            rig.dataplane.conduct();
            assertThat(rig.dataplane.events.refusals)
                    .singleElement()
                    .asString()
                    .contains("label: router 8 knows no label 100");
        }
    }

    @Test
    void shouldTrace() {
        byte[] comes = frame(entry(100, true, 64), PACKET);
        try (LabelRig rig = new LabelRig(List.of())) {
            rig.add(swap(100, 200), via(1));
            assertThat(rig.dataplane.injectWriter(0).trace(20, LabelRig.IN, new UnsafeBuffer(comes), 0, comes.length))
                    .isTrue();
            rig.dataplane.run();
            assertThat(rig.dataplane.punts.ends)
                    .singleElement()
                    .asString()
                    .contains("TRANSMIT")
                    .endsWith(" 11");
            rig.dataplane.proxy.labels().dumpLabels(21);
            rig.dataplane.settle();
            assertThat(rig.dataplane.events.labels).singleElement().asString().contains(": 0 packets");
        }
    }
}
