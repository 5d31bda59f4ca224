package io.vireo.dataplane.membership;

import static io.vireo.dataplane.membership.MemberRig.ADDRESS1;
import static io.vireo.dataplane.membership.MemberRig.ADDRESS2;
import static io.vireo.dataplane.membership.MemberRig.BASE;
import static io.vireo.dataplane.membership.MemberRig.BLUE;
import static io.vireo.dataplane.membership.MemberRig.BLUE_ID;
import static io.vireo.dataplane.membership.MemberRig.FAR;
import static io.vireo.dataplane.membership.MemberRig.FAR6;
import static io.vireo.dataplane.membership.MemberRig.GATEWAY;
import static io.vireo.dataplane.membership.MemberRig.HOST1;
import static io.vireo.dataplane.membership.MemberRig.HOST2;
import static io.vireo.dataplane.membership.MemberRig.HOSTS;
import static io.vireo.dataplane.membership.MemberRig.NET6;
import static io.vireo.dataplane.membership.MemberRig.OWN;
import static io.vireo.dataplane.membership.MemberRig.RED;
import static io.vireo.dataplane.membership.MemberRig.RED_ID;
import static io.vireo.dataplane.membership.MemberRig.SHARED_BLUE;
import static io.vireo.dataplane.membership.MemberRig.SHARED_RED;
import static io.vireo.dataplane.membership.MemberRig.arrived;
import static io.vireo.dataplane.membership.MemberRig.behind;
import static io.vireo.dataplane.membership.MemberRig.fromHost;
import static io.vireo.dataplane.membership.MemberRig.list;
import static io.vireo.dataplane.membership.MemberRig.mac;
import static io.vireo.dataplane.membership.MemberRig.onWire;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.TestFrames;
import io.vireo.dataplane.membership.policy.MemberList;
import io.vireo.dataplane.membership.policy.MemberList.Otherwise;
import io.vireo.dataplane.membership.policy.MemberTuple;
import io.vireo.dataplane.wire.code.DropReason;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Hosts of several VPNs on one wire, where a list of members says whose packets are of which. */
class MembershipTest {
    private static final int STRANGER = 0x0a000063;
    private static final long VIRTUAL = 0x00005e000107L;
    private static final long ALL = 0xffff_ffff_ffffL;
    private static final byte[] RED_MARK = {(byte) 136, 4, 0, RED_ID};
    private static final byte[] BLUE_MARK = {(byte) 158, 6, 0, 7, 0, 8, 0, 0};

    private static MemberRig received(MemberList list, byte[]... frames) {
        return new MemberRig(List.of(frames), List.of()).with(list).run();
    }

    @Test
    void shouldForwardInTheVpnOfTheFirstTupleThatMatches() {
        byte[] wide1 = TestFrames.ipv6(NET6, 5, FAR6, 9, 17, 64, 8);
        byte[] wide2 = TestFrames.ipv6(NET6, 6, FAR6, 9, 17, 64, 8);
        try (MemberRig rig = received(
                list(HOSTS, Otherwise.OWN),
                fromHost(OWN, ADDRESS1),
                fromHost(OWN, ADDRESS2),
                fromHost(OWN, STRANGER),
                onWire(mac(OWN), HOST1, wide1),
                onWire(mac(OWN), HOST2, wide2))) {
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(
                            arrived(RED, ADDRESS1),
                            arrived(BLUE, ADDRESS2),
                            arrived(BASE, STRANGER),
                            arrived(RED, TestFrames.ipv6(NET6, 5, FAR6, 9, 17, 63, 8)),
                            arrived(BLUE, TestFrames.ipv6(NET6, 6, FAR6, 9, 17, 63, 8)));
            assertThat(rig.received(OWN)).isEqualTo(1);
            assertThat(rig.received(SHARED_RED)).isEqualTo(2);
            assertThat(rig.received(SHARED_BLUE)).isEqualTo(2);
        }
    }

    @Test
    void shouldSendByTheSharedWireWhatComesBack() {
        List<byte[]> back = List.of(
                back(RED, TestFrames.ipv4(FAR, ADDRESS1, 64, 8)),
                back(BLUE, TestFrames.ipv4(FAR, ADDRESS1, 64, 8)),
                back(RED, TestFrames.ipv6(FAR6, 9, NET6, 5, 17, 64, 8)),
                back(RED, TestFrames.ipv4(RED_MARK, FAR, ADDRESS1, 64, 8)),
                back(RED, TestFrames.ipv4(BLUE_MARK, FAR, ADDRESS1, 64, 8)));
        try (MemberRig rig =
                new MemberRig(List.of(), back).with(list(HOSTS, Otherwise.OWN)).run()) {
            assertThat(rig.dataplane.sent(0))
                    .containsExactly(
                            onWire(HOST1, mac(SHARED_RED), TestFrames.ipv4(FAR, ADDRESS1, 63, 8)),
                            onWire(HOST2, mac(SHARED_BLUE), TestFrames.ipv4(FAR, ADDRESS1, 63, 8)),
                            onWire(HOST1, mac(SHARED_RED), TestFrames.ipv4(RED_MARK, FAR, ADDRESS1, 63, 8)),
                            onWire(HOST1, mac(SHARED_RED), TestFrames.ipv6(FAR6, 9, NET6, 5, 17, 63, 8)));
            assertThat(rig.dataplane.drops(RED, DropReason.VPN_ID_FOREIGN))
                    .as("it would be blue's where it arrives")
                    .isEqualTo(1);
        }
    }

    private static byte[] back(int router, byte[] packet) {
        int type = (packet[0] & 0xf0) == 0x40 ? 0x0800 : 0x86dd;
        return TestFrames.tagged(mac(behind(router)), GATEWAY, 30 + router, type, packet);
    }

    @Test
    void shouldDropOrGiveToAnotherVpnWhatNoTupleMatches() {
        try (MemberRig rig = received(list(HOSTS, Otherwise.DROP), fromHost(OWN, STRANGER))) {
            assertThat(rig.dataplane.drops(BASE, DropReason.NOT_A_MEMBER)).isEqualTo(1);
            assertThat(rig.dataplane.sent(1)).isEmpty();
        }
        try (MemberRig rig = received(list(HOSTS, Otherwise.VPN), fromHost(OWN, STRANGER))) {
            assertThat(rig.dataplane.sent(1)).containsExactly(arrived(BLUE, STRANGER));
        }
    }

    /** What stands before the others excepts packets from them. */
    @Test
    void shouldKeepForTheInterfacesOwnVpnWhatATupleSaysIsOfIt() {
        List<MemberTuple> tuples =
                List.of(MemberRig.from(MemberTuple.OWN_VPN, ADDRESS1), MemberRig.toUdpPort(RED_ID, 0x203));
        try (MemberRig rig = received(list(tuples, Otherwise.DROP), fromHost(OWN, ADDRESS1), fromHost(OWN, ADDRESS2))) {
            assertThat(rig.dataplane.sent(1)).containsExactly(arrived(BASE, ADDRESS1), arrived(RED, ADDRESS2));
        }
    }

    @Test
    void shouldDropWhatIsOfAVpnWithoutAnInterfaceThere() {
        MemberRig rig = new MemberRig(List.of(fromHost(OWN, ADDRESS1), fromHost(OWN, ADDRESS2)), List.of());
        try (rig) {
            rig.with(list(HOSTS, Otherwise.OWN));
            rig.dataplane.proxy.topology().removeInterface(7, SHARED_RED);
            rig.dataplane.settle();
            rig.run();

            assertThat(rig.dataplane.drops(BASE, DropReason.NOT_A_MEMBER)).isEqualTo(1);
            assertThat(rig.dataplane.sent(1)).containsExactly(arrived(BLUE, ADDRESS2));
        }
    }

    /** A question may be answered by any of the routers, so frames come to any of their addresses; that makes nobody a member. */
    @Test
    void shouldAskTheListAndNotTheMacAddress() {
        MemberRig rig = new MemberRig(
                List.of(
                        fromHost(SHARED_BLUE, ADDRESS1),
                        fromHost(SHARED_RED, STRANGER),
                        onWire(VIRTUAL, HOST1, TestFrames.ipv4(ADDRESS1, FAR, 64, 8)),
                        onWire(0x02000000cc01L, HOST1, TestFrames.ipv4(ADDRESS1, FAR, 64, 8)),
                        onWire(ALL, HOST1, TestFrames.ipv4(ADDRESS1, FAR, 64, 8))),
                List.of());
        try (rig) {
            rig.with(list(HOSTS, Otherwise.OWN));
            rig.dataplane.proxy.topology().addInterfaceMac(7, OWN, VIRTUAL);
            rig.dataplane.settle();
            rig.run();

            assertThat(rig.dataplane.sent(1))
                    .containsExactly(arrived(RED, ADDRESS1), arrived(BASE, STRANGER), arrived(RED, ADDRESS1));
            assertThat(rig.dataplane.drops(RED, DropReason.WRONG_MAC)).isEqualTo(1);
            assertThat(rig.dataplane.drops(RED, DropReason.LINK_BROADCAST_UNICAST))
                    .isEqualTo(1);
        }
    }

    @Test
    void shouldLetVpnIdsInThatTheListAllowsAndNoOthers() {
        MemberList list = new MemberList(HOSTS, List.of(BLUE_ID), Otherwise.OWN, 0);
        byte[] allowed = TestFrames.ipv4(BLUE_MARK, ADDRESS1, FAR, 64, 8);
        byte[] other = TestFrames.ipv4(RED_MARK, ADDRESS1, FAR, 64, 8);
        try (MemberRig rig = received(list, onWire(mac(OWN), HOST1, allowed), onWire(mac(OWN), HOST1, other))) {
            assertThat(rig.dataplane.sent(1))
                    .as("what a packet says goes before what tuples say")
                    .containsExactly(arrived(BLUE, TestFrames.ipv4(BLUE_MARK, ADDRESS1, FAR, 63, 8)));
            assertThat(rig.dataplane.drops(BASE, DropReason.VPN_ID_NOT_ALLOWED)).isEqualTo(1);
        }
    }

    @Test
    void shouldLetNobodyInToASharedInterfaceWithoutAList() {
        List<byte[]> frames = List.of(
                fromHost(OWN, ADDRESS1),
                fromHost(SHARED_RED, ADDRESS1),
                onWire(mac(SHARED_RED), HOST1, TestFrames.ipv4(RED_MARK, ADDRESS1, FAR, 64, 8)));
        try (MemberRig rig = new MemberRig(frames, List.of()).run()) {
            assertThat(rig.received(SHARED_RED)).isZero();
            assertThat(rig.dataplane.sent(1))
                    .containsExactly(
                            arrived(BASE, ADDRESS1),
                            arrived(BASE, ADDRESS1),
                            arrived(BASE, TestFrames.ipv4(RED_MARK, ADDRESS1, FAR, 63, 8)));
        }
    }

    @Test
    void shouldSayInATraceWhichTupleMatched() {
        try (MemberRig rig = new MemberRig(List.of(), List.of()).with(list(HOSTS, Otherwise.DROP))) {
            for (int address : new int[] {ADDRESS2, STRANGER}) {
                byte[] frame = TestFrames.ethernet(mac(OWN), HOST2, 0x0800, TestFrames.ipv4(address, FAR, 64, 8));
                rig.dataplane.injectWriter(0).trace(77, OWN, new UnsafeBuffer(frame), 0, frame.length);
            }
            rig.run();
            assertThat(rig.dataplane.punts.steps)
                    .contains("CLASSIFY CONTINUE -1 " + SHARED_BLUE + " -1")
                    .contains("CLASSIFY DROP " + DropReason.NOT_A_MEMBER.code() + " " + OWN + " -1");
            assertThat(rig.dataplane.punts.tuples).as("from 1").containsExactly(3L, 0L);
            assertThat(rig.dataplane.punts.nextHops).containsExactly(0x0a010002L);
            assertThat(rig.received(SHARED_BLUE)).isZero();
        }
    }
}
