package io.vireo.control.node.pump;

import io.vireo.control.linux.Descriptor;
import io.vireo.control.linux.Epoll;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The TAP devices that the pump carries frames for, by the ids of their interfaces. One that is held is not read: what its
 * kernel sends waits in the device's own queue, of 500 frames, and the kernel drops what is beyond. Only the pump's
 * thread uses it.
 */
final class TapQueues implements AutoCloseable {
    private final Epoll epoll;
    private final Int2ObjectHashMap<Queue> queues = new Int2ObjectHashMap<>();
    private final Set<Integer> held = new HashSet<>();
    private boolean holdsNew;

    /** Has {@code epoll} tell of each queue that has frames, by its interface's id. */
    TapQueues(Epoll epoll) {
        this.epoll = epoll;
    }

    /**
     * The TAP of an interface.
     *
     * @param affinity the port whose {@link io.vireo.dataplane.wire.layout.SharedLimits#transmitWorker} its frames are given to;
     *     any number will do while there is none
     */
    record Queue(int interfaceId, int affinity, Descriptor descriptor) {}

    @Nullable
    Queue get(int interfaceId) {
        return queues.get(interfaceId);
    }

    /** Takes over {@code descriptor}. */
    void add(int interfaceId, Descriptor descriptor) {
        remove(interfaceId);
        queues.put(interfaceId, new Queue(interfaceId, interfaceId, descriptor));
        if (holdsNew) {
            held.add(interfaceId);
        } else {
            epoll.add(descriptor, interfaceId);
        }
    }

    void assign(int interfaceId, int affinity) {
        queues.computeIfPresent(interfaceId, (id, queue) -> new Queue(id, affinity, queue.descriptor()));
    }

    void remove(int interfaceId) {
        Queue queue = queues.remove(interfaceId);
        held.remove(interfaceId);
        if (queue != null) {
            epoll.remove(queue.descriptor());
            queue.descriptor().close();
        }
    }

    void hold(int interfaceId) {
        Queue queue = queues.get(interfaceId);
        if (queue != null && held.add(interfaceId)) {
            epoll.remove(queue.descriptor());
        }
    }

    void release(int interfaceId) {
        Queue queue = queues.get(interfaceId);
        if (queue != null && held.remove(interfaceId)) {
            epoll.add(queue.descriptor(), interfaceId);
        }
    }

    /** Holds those that are there, and those that come. */
    void holdAll() {
        holdsNew = true;
        queues.keySet().forEach(this::hold);
    }

    void releaseAll() {
        holdsNew = false;
        List.copyOf(held).forEach(this::release);
    }

    @Override
    public void close() {
        queues.values().forEach(queue -> queue.descriptor().close());
    }
}
