package io.vireo.bench.forward;

import io.vireo.bench.forward.tunnel.TunnelKind;
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
    public int sentHopLimit() {
        return FlowFrames.HOP_LIMIT - 1;
    }

    @Override
    public byte[] offered(byte[] packet) {
        return kind.encapsulate(packet);
    }

    @Override
    public byte[] forwarded(byte[] sent) {
        return sent;
    }

    @Override
    public void install(WorkloadCommands commands) {
        commands.addTunnel(kind);
    }
}
