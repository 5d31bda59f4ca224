package io.vireo.bench.forward;

/** Packets leave as they came, but for their hop limits. */
record NoTunnel() implements Tunnelling {
    @Override
    public byte[] forwarded(Payload sent) {
        return sent.bytes();
    }

    @Override
    public void install(WorkloadCommands commands) {
        // There is nothing beyond routers, interfaces and routes.
    }
}
