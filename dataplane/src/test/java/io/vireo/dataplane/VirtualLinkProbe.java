package io.vireo.dataplane;

import io.vireo.dataplane.encapsulation.substrate.SubstrateFrame;
import io.vireo.dataplane.wire.command.DataplaneProxy;
import java.util.List;
import java.util.stream.IntStream;

/** Of {@link AllocationProbe}: a virtual link in frames of a port, and one that only crosses, there and back by the same port. */
final class VirtualLinkProbe {
    static final int LINK = 10;
    private static final int A = 40;
    private static final int B = 41;
    private static final int PORT = 1;
    private static final int VLAN = 32;
    private static final int ID = 4711; // the next two are those of the crossing

    private VirtualLinkProbe() {}

    /** All interfaces. */
    static IntStream all() {
        return IntStream.of(LINK, A, B);
    }

    static List<byte[]> frames(long mac, long host, byte[] packet) {
        return IntStream.rangeClosed(ID, ID + 2)
                .mapToObj(id -> SubstrateFrame.of(mac, host, VLAN, id, packet).bytes())
                .toList();
    }

    static void build(DataplaneProxy proxy, int router, long mac, long host) {
        all().forEach(id -> {
            int identifier = id == LINK ? ID : ID + 1 + id - A;
            var spec = TestInterfaces.access(id, router, PORT, 0, mac, 1400, "v" + id)
                    .substrate(PORT, VLAN, mac, host, identifier, SubstrateFrame.ETHER_TYPE, 5);
            proxy.topology().addInterface(10, id == LINK ? spec : spec.crossesTo(id == A ? B : A));
        });
    }
}
