package io.vireo.dataplane.path.schedule;

import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.schedule.ClassChange;
import io.vireo.dataplane.schedule.order.AnswerCode;
import io.vireo.dataplane.schedule.order.ClassOrder;
import io.vireo.dataplane.schedule.order.ClassOrders;
import io.vireo.dataplane.wire.counters.ClassStatisticsWriter;
import io.vireo.dataplane.wire.layout.SharedLayout;
import java.util.Objects;

/**
 * Carries out, between bursts, what the conductor orders for the classes of the ports one worker sends for, and publishes
 * their statistics. Single user: that worker.
 */
public final class ClassAgent implements ClassOrders.OrderHandler {
    private static final long HOUSEKEEPING_INTERVAL_NS = 1_000_000;
    private static final int PUBLISH_LIMIT = 256;

    /**
     * A thread that sleeps comes back up to this much too late (the kernel's timer slack is 50 µs), so with less to wait it
     * stays awake.
     */
    private static final long WAKE_NS = 60_000;

    private final int worker;
    private final ClassOrders orders;
    private final PortSlots slots;
    private final PortQueue[] queues;
    private final ClassMap map;
    private final ClassStatisticsWriter statistics;
    private final Discards discards;
    private final ClassOrders.Orders reader = new ClassOrders.Orders(this);
    private final int[] attached = new int[SharedLayout.MAX_PORTS];
    private int attachedCount;
    private long nowNs;
    private long housekeepingNs;

    /** Joins the parts of one worker; {@code queues} is by port id. */
    ClassAgent(
            int worker,
            SharedScheduling scheduling,
            PortQueue[] queues,
            ClassMap map,
            ClassStatisticsWriter statistics,
            Discards discards) {
        this.worker = worker;
        orders = scheduling.orders();
        slots = scheduling.slots();
        this.queues = queues.clone();
        this.map = map;
        this.statistics = statistics;
        this.discards = discards;
    }

    /** Carries out orders; returns how many. Once per round, before the burst. */
    public int poll(long now) {
        nowNs = now;
        return orders.poll(worker, reader);
    }

    /**
     * Publishes statistics and forgets what has gone, every millisecond. Once per round, after the burst.
     *
     * @return 1 if something may leave so soon that the thread must not sleep, else 0.
     */
    public int housekeep(long now) {
        if (attachedCount == 0) {
            return 0;
        }
        if (now - housekeepingNs >= HOUSEKEEPING_INTERVAL_NS) {
            housekeepingNs = now;
            for (int n = 0; n < attachedCount; n++) {
                housekeep(queues[attached[n]]);
            }
        }
        return isDueSoon(now) ? 1 : 0;
    }

    private void housekeep(PortQueue queue) {
        PortClasses classes = queue.classes();
        if (classes != null) {
            classes.reclaim();
            classes.publish(statistics, PUBLISH_LIMIT);
        }
    }

    private boolean isDueSoon(long now) {
        for (int n = 0; n < attachedCount; n++) {
            PortQueue queue = queues[attached[n]];
            PortClasses classes = queue.classes();
            if (queue.ready().count == 0 && classes != null && classes.nextEventNs() - WAKE_NS <= now) {
                return true;
            }
        }
        return false;
    }

    /** Frees everything that is queued: the worker stops. */
    public void discardAll(long now) {
        for (PortQueue queue : queues) {
            queue.discardAll(discards, now);
        }
    }

    @Override
    public void onOrder(ClassOrder order) {
        map.forgetLeaves();
        switch (order.kind) {
            case ClassOrder.ATTACH -> attach(order);
            case ClassOrder.DETACH -> detach(order);
            case ClassOrder.RATE -> setRate(order);
            case ClassOrder.ADD -> add(order);
            case ClassOrder.REMOVE -> remove(order);
            case ClassOrder.FILTER -> map.setFilter(order.interfaceId, order.filterAt, order.defaultClassId);
            case ClassOrder.QUOTA -> setQuota(order);
            case ClassOrder.FORGET -> forget(order);
            default -> refuse(order, ClassChange.NO_CLASS);
        }
    }

    private void attach(ClassOrder order) {
        PortClasses classes = slots.take(order.portId);
        classes.setOverhead(order.overheadBytes);
        queues[order.portId].attach(classes);
        attached[attachedCount++] = order.portId;
    }

    private void detach(ClassOrder order) {
        slots.put(order.portId, queues[order.portId].detach(discards, nowNs));
        int kept = 0;
        for (int n = 0; n < attachedCount; n++) {
            if (attached[n] != order.portId) {
                attached[kept++] = attached[n];
            }
        }
        attachedCount = kept;
        orders.answer(worker, order, AnswerCode.DETACHED);
    }

    private void setRate(ClassOrder order) {
        PortClasses classes = classesOf(order.portId);
        classes.setOverhead(order.overheadBytes);
        classes.setRate(order.amount, nowNs);
        queues[order.portId].updateDirect();
    }

    private void add(ClassOrder order) {
        PortClasses classes = classesOf(order.portId);
        int parent = order.parentClassId == 0 ? PortClasses.ROOT : map.local(order.parentClassId, order.portId);
        if (order.parentClassId != 0 && parent == PortClasses.NONE) {
            refuse(order, ClassChange.NO_PARENT);
            return;
        }
        int local = map.local(order.classId, order.portId);
        boolean isDone =
                local == PortClasses.NONE ? create(order, classes, parent) : change(order, classes, local, parent);
        if (!isDone) {
            refuse(order, classes.refusal());
        }
        queues[order.portId].updateDirect();
    }

    private boolean create(ClassOrder order, PortClasses classes, int parent) {
        int local = classes.add(order.classId, parent, order.interfaceId, order.spec, nowNs);
        if (local == PortClasses.NONE) {
            return false;
        }
        map.put(order.classId, order.portId, local);
        statistics.begin(order.classId);
        updateLinkClass(order.interfaceId, classes, local, parent);
        return true;
    }

    private boolean change(ClassOrder order, PortClasses classes, int local, int parent) {
        if (!classes.move(local, parent, nowNs) || !classes.alter(local, order.spec, nowNs)) {
            return false;
        }
        updateLinkClass(order.interfaceId, classes, local, parent);
        return true;
    }

    /** A class of an interface directly under the port or a group is the interface's link class. */
    private void updateLinkClass(int interfaceId, PortClasses classes, int local, int parent) {
        if (interfaceId == PortClasses.NO_INTERFACE) {
            return;
        }
        if (classes.interfaceOf(parent) == PortClasses.NO_INTERFACE) {
            map.setLink(interfaceId, local);
            dropImplicitLeaf(interfaceId, classes);
        } else if (map.link(interfaceId) == local) {
            map.setLink(interfaceId, PortClasses.NONE);
        }
    }

    private void dropImplicitLeaf(int interfaceId, PortClasses classes) {
        int leaf = map.implicitLeaf(interfaceId);
        if (leaf != PortClasses.NONE) {
            map.setImplicitLeaf(interfaceId, PortClasses.NONE);
            classes.release(leaf, nowNs);
        }
    }

    private void remove(ClassOrder order) {
        int local = map.local(order.classId, order.portId);
        if (local == PortClasses.NONE) {
            return; // its creation was refused
        }
        PortClasses classes = classesOf(order.portId);
        classes.publishClass(statistics, local);
        statistics.queued(order.classId, 0, 0);
        map.remove(order.classId);
        int interfaceId = classes.interfaceOf(local);
        if (interfaceId != PortClasses.NO_INTERFACE && map.link(interfaceId) == local) {
            map.setLink(interfaceId, PortClasses.NONE);
        }
        classes.remove(local, nowNs);
        queues[order.portId].updateDirect();
    }

    private void setQuota(ClassOrder order) {
        for (int n = 0; n < attachedCount; n++) {
            ClassChange change =
                    classesOf(attached[n]).setQuota(order.spec.quotaId(), order.spec.queuePackets(), order.amount);
            if (change != ClassChange.DONE) {
                refuse(order, change);
            }
        }
    }

    private void forget(ClassOrder order) {
        map.setFilter(order.interfaceId, ClassOrder.NO_FILTER, 0);
        PortClasses classes = queues[order.portId].classes();
        if (classes != null) {
            dropImplicitLeaf(order.interfaceId, classes);
        }
    }

    private void refuse(ClassOrder order, ClassChange why) {
        orders.answer(worker, order, AnswerCode.of(why));
    }

    private PortClasses classesOf(int port) {
        return Objects.requireNonNull(queues[port].classes(), "the port has no scheduler");
    }
}
