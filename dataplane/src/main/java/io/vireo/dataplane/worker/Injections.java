package io.vireo.dataplane.worker;

import io.vireo.dataplane.path.arrive.Injector;
import io.vireo.dataplane.wire.frame.InjectHandler;

/** What a worker does with messages of its inject ring. Single user: the worker. */
final class Injections implements InjectHandler {
    private final Injector injector;
    private final Tracer tracer;

    Injections(Injector injector, Tracer tracer) {
        this.injector = injector;
        this.tracer = tracer;
    }

    @Override
    public void onInject(int interfaceId, long frameAddress, int frameLength) {
        injector.inject(interfaceId, frameAddress, frameLength);
    }

    @Override
    public void onTrace(long correlationId, int interfaceId, long frameAddress, int frameLength) {
        tracer.trace(correlationId, interfaceId, frameAddress, frameLength);
    }
}
