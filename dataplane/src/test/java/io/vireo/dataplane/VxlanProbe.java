package io.vireo.dataplane;

import io.vireo.dataplane.encapsulation.GrePacket;
import io.vireo.dataplane.encapsulation.VxlanPacket;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import io.vireo.dataplane.wire.value.NextHops;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What {@link AllocationProbe} sends into a tunnel with Ethernet inside, and out of it. */
final class VxlanProbe {
    static final int TUNNEL = 11;

    private static final int VNI = 77;
    private static final int NET4 = 0x0acd0000; // 10.205/16, behind the tunnel
    private static final int OWN4 = NET4 + 9;
    private static final int HOST4 = NET4 + 1;

    private VxlanProbe() {}

    /** A packet for what is behind the tunnel. */
    static byte[] toFar(int number) {
        return TestFrames.ipv4(0x0a000102 + number, HOST4, 64, 22);
    }

    /** Datagrams with what comes out: for the tunnel's interface, for another station, and asking who it is. */
    static List<byte[]> fromFar(long mac, long host, byte[] packet) {
        byte[] request = ByteBuffer.allocate(28)
                .putLong(0x0001_0800_0604_0001L)
                .putShort((short) (host >>> 32))
                .putInt((int) host)
                .putInt(HOST4)
                .putInt(24, OWN4)
                .array();
        List<byte[]> datagrams = new ArrayList<>();
        for (byte[] frame : List.of(
                TestFrames.ethernet(0xffffffffffffL, host, 0x0806, request),
                TestFrames.ethernet(mac, host, 0x0800, packet),
                TestFrames.ethernet(mac + 1, host, 0x0800, packet))) {
            datagrams.add(GrePacket.with(VxlanPacket.header(VNI, frame.length), frame));
        }
        return datagrams;
    }

    /** Adds the tunnel to a router. */
    static void build(DataplaneProxy proxy, InterfaceSpec tunnel, int router, long mac, long host) {
        proxy.topology()
                .addInterface(
                        10, TestInterfaces.vxlan(tunnel, VxlanPacket.PORT, VNI).mac(mac));
        proxy.tables().addNeighbour(10, TUNNEL, AddressFamily.IPV4, 0, HOST4, host);
        proxy.tables().addInterfaceAddress(10, TUNNEL, AddressFamily.IPV4, 0, OWN4, AddressUse.SOURCE);
        NextHops onLink = new NextHops().add(TUNNEL, 0, 0, 1);
        proxy.tables().addRoute(10, router, AddressFamily.IPV4, 0, NET4, 16, RouteKind.UNICAST, onLink);
    }
}
