package io.vireo.dataplane.worker;

import io.vireo.dataplane.capture.CaptureTap;
import io.vireo.dataplane.emulation.Emulator;
import io.vireo.dataplane.encapsulation.keepalive.KeepaliveSender;
import io.vireo.dataplane.encapsulation.reassembly.Reassembler;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.arrive.Arrive;
import io.vireo.dataplane.path.exception.Discards;
import io.vireo.dataplane.path.exception.ExceptionPath;
import io.vireo.dataplane.path.handover.HandoverIn;
import io.vireo.dataplane.path.schedule.ClassAgent;
import io.vireo.dataplane.path.schedule.Schedule;
import io.vireo.dataplane.path.transmit.Transmit;
import io.vireo.dataplane.port.WorkerPorts;
import io.vireo.dataplane.port.WorkerPortsSlot;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.frame.InjectReader;
import io.vireo.dataplane.wire.memory.Heartbeats;
import io.vireo.dpdk.WorkerThread;
import org.agrona.concurrent.Agent;
import org.jspecify.annotations.Nullable;

/**
 * Forwards packets: each round takes a burst through the stages of the path. Allocates nothing, waits for nobody. Single
 * thread; reads the tables between two quiescent states.
 */
public final class Worker implements Agent {
    /** Maximum frames that are injected in one round. */
    public static final int INJECT_LIMIT = 64;

    private final int id;
    private final Burst burst;
    private final WorkerPortsSlot portsSlot;
    private final HandoverIn handovers;
    private final InjectReader injects;
    private final @Nullable KeepaliveSender keepalives;
    private final Arrive arrive;
    private final Pipeline pipeline;
    private final Emulator emulator;
    private final Reassembler reassembler;
    private final Schedule schedule;
    private final Transmit transmit;
    private final ClassAgent classes;
    private final ExceptionPath exceptionPath;
    private final CaptureTap tap;
    private final Discards discards;
    private final QuiescentState quiescent;
    private final Heartbeats heartbeats;
    private long rounds;
    private long busyRounds;
    private @Nullable WorkerThread thread;

    Worker(WorkerParts parts) {
        id = parts.id;
        burst = parts.burst;
        portsSlot = parts.portsSlot;
        handovers = parts.handovers;
        injects = parts.injects;
        keepalives = parts.keepalives;
        arrive = parts.arrive;
        pipeline = parts.pipeline;
        emulator = parts.emulator;
        reassembler = parts.reassembler;
        schedule = parts.schedule;
        transmit = parts.transmit;
        classes = parts.classes;
        exceptionPath = parts.exceptionPath;
        tap = parts.tap;
        discards = parts.discards;
        quiescent = parts.quiescent;
        heartbeats = parts.heartbeats;
    }

    @Override
    public String roleName() {
        return "worker-" + id;
    }

    /** Makes the thread known to DPDK and to the conductor. */
    @Override
    public void onStart() {
        thread = WorkerThread.register();
        quiescent.online(id);
    }

    @Override
    public int doWork() {
        long beganNs = System.nanoTime();
        WorkerPorts ports = portsSlot.newest();
        int work = inhale(ports, beganNs);
        pipeline.decide(burst);
        return finish(ports, work, emulator.needsTime() ? System.nanoTime() : beganNs);
    }

    /** One round at a time given; returns how many packets and messages there were. */
    public int doWork(long nowNs) {
        WorkerPorts ports = portsSlot.newest();
        int work = inhale(ports, nowNs);
        pipeline.decide(burst);
        return finish(ports, work, nowNs);
    }

    private int finish(WorkerPorts ports, int taken, long nowNs) {
        int work = taken + exhale(ports, nowNs);
        quiescent.announce(id);
        beat(nowNs, work);
        return work;
    }

    /** Fills the burst, and lists the frames that others have ready to send. */
    private int inhale(WorkerPorts ports, long nowNs) {
        burst.clear();
        burst.nowNs = nowNs;
        burst.txFrames.nowNs = nowNs;
        tap.refresh(nowNs);
        reassembler.expire(nowNs);
        int work = classes.poll(nowNs) + injects.poll(nowNs, INJECT_LIMIT) + handovers.poll();
        work += emulator.release(burst.txFrames, nowNs);
        if (keepalives != null) {
            work += keepalives.poll(nowNs);
        }
        return work + arrive.process(burst, ports);
    }

    /** Gives every packet away: to a port, another worker, a link or the control plane; or frees it. */
    private int exhale(WorkerPorts ports, long nowNs) {
        exceptionPath.process(burst, nowNs); // first, because its answers are scheduled with the rest
        schedule.process(burst, ports, nowNs);
        int work = transmit.process(ports, nowNs);
        work += classes.housekeep(nowNs);
        discards.flush();
        return work;
    }

    private void beat(long nowNs, int work) {
        rounds++;
        busyRounds += work > 0 ? 1 : 0;
        heartbeats.worker(id, nowNs, rounds, busyRounds);
    }

    /** Frees what is still under way, and lets the conductor go on without this worker. */
    @Override
    public void onClose() {
        arrive.discardAll(discards);
        emulator.discardAll();
        reassembler.discardAll();
        classes.discardAll(System.nanoTime());
        discards.flush();
        quiescent.offline(id);
        if (thread != null) {
            thread.close();
        }
    }
}
