package io.vireo.dataplane;

import io.vireo.dataplane.wire.value.InterfaceSpec;

/** Interfaces as tests ask for them, in a line. */
public final class TestInterfaces {
    private TestInterfaces() {}

    public static InterfaceSpec access(
            int interfaceId, int routerId, int portId, int vlan, long mac, int mtuBytes, String name) {
        return new InterfaceSpec()
                .id(interfaceId, routerId)
                .mac(mac)
                .mtuBytes(mtuBytes)
                .name(name)
                .access(portId, vlan);
    }

    public static InterfaceSpec link(
            int interfaceId, int routerId, int peerInterfaceId, long mac, int mtuBytes, String name) {
        return new InterfaceSpec()
                .id(interfaceId, routerId)
                .mac(mac)
                .mtuBytes(mtuBytes)
                .name(name)
                .link(peerInterfaceId);
    }
}
