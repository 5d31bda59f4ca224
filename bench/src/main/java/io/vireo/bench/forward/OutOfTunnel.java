package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.LabelStackEntry;
import io.vireo.bench.forward.tunnel.TunnelKind;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.util.List;

/**
 * Packets come encapsulated and leave plain.
 *
 * @param kind of the tunnel
 */
record OutOfTunnel(TunnelKind kind) implements Tunnelling {
    @Override
    public List<Integer> routers(int router) {
        return List.of(WorkloadCommands.UNDERLAY_ROUTER, router);
    }

    @Override
    public Payload offered(byte[] packet) {
        return new Payload(kind.etherType(), kind.encapsulate(packet));
    }

    @Override
    public byte[] forwarded(Payload sent) {
        return sent.of(Payload.ETHERTYPE_IPV4);
    }

    @Override
    public InterfaceSpec ingress(InterfaceSpec spec, int port, int vlan) {
        return spec.access(port, vlan).takesLabels(kind.etherType() == LabelStackEntry.ETHERTYPE);
    }

    @Override
    public void install(WorkloadCommands commands) {
        commands.addTunnel(kind);
    }
}
