package io.vireo.dataplane.worker;

import io.vireo.dataplane.path.arrive.Injector;
import io.vireo.dataplane.wire.InjectHandler;

/** What a worker does with messages of its inject ring. Single user: the worker. */
final class Injections implements InjectHandler {
    private final Injector injector;
    private final Tracer tracer;

    Injections(final Injector injector, final Tracer tracer) {
        this.injector = injector;
        this.tracer = tracer;
    }

    @Override
    public void onInject(final int interfaceId, final long frameAddress, final int frameLength) {
        injector.inject(interfaceId, frameAddress, frameLength);
    }

    @Override
    public void onTrace(
            final long correlationId, final int interfaceId, final long frameAddress, final int frameLength) {
        tracer.trace(correlationId, interfaceId, frameAddress, frameLength);
    }
}
