package io.vireo.bench.forward;

import java.util.List;

/** Packets leave as they came, but for their hop limits. */
record NoTunnel() implements Tunnelling {
    @Override
    public List<Integer> routers(int router) {
        return List.of(router);
    }

    @Override
    public int sentHopLimit() {
        return FlowFrames.HOP_LIMIT - 1;
    }

    @Override
    public byte[] forwarded(Payload sent) {
        return sent.bytes();
    }

    @Override
    public void install(WorkloadCommands commands) {
        // There is nothing beyond routers, interfaces and routes.
    }
}
