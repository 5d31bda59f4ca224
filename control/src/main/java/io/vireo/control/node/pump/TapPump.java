package io.vireo.control.node.pump;

import io.vireo.control.linux.Descriptor;
import io.vireo.control.linux.Epoll;
import io.vireo.control.linux.Mailbox;
import io.vireo.control.linux.TapDevice;
import io.vireo.control.node.capture.TraceBoard;
import io.vireo.dataplane.wire.code.TraceStage;
import io.vireo.dataplane.wire.code.Verdict;
import io.vireo.dataplane.wire.frame.CaptureHandler;
import io.vireo.dataplane.wire.frame.CaptureReader;
import io.vireo.dataplane.wire.frame.InjectWriter;
import io.vireo.dataplane.wire.frame.PuntHandler;
import io.vireo.dataplane.wire.frame.PuntReader;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Carries frames between the data plane and the TAP devices: what is punted is written to the TAP of its interface, so
 * that the kernel of the virtual router's namespace receives it; what that kernel sends is injected. The same thread
 * reads the capture rings, for it is there already.
 *
 * <p>The rings cannot wake anybody. The thread therefore looks at them each time it wakes, and sleeps the longer the
 * longer there was nothing: from 50 µs to 1 ms, which is what a first packet may have to wait for its neighbour.
 *
 * <p>{@link #run} has its own thread; everything else may be called by any.
 */
public final class TapPump implements Runnable {
    private static final Logger LOG = System.getLogger(TapPump.class.getName());
    private static final long MIN_IDLE_NS = 50_000;
    private static final long MAX_IDLE_NS = 1_000_000;
    private static final int RING_BATCH = 256;
    private static final int TAP_BATCH = 32;
    private static final int MAX_FRAME_BYTES = 16 * 1024;
    private static final long WAKE_TOKEN = -1;

    private final Epoll epoll = new Epoll("TAP pump");
    private final Mailbox mailbox = new Mailbox("TAP pump");
    private final TapQueues queues = new TapQueues(epoll);
    private final MemorySegment frame = Arena.ofAuto().allocate(MAX_FRAME_BYTES, Long.BYTES);
    private final AtomicLong puntedFrames = new AtomicLong();
    private final AtomicLong puntErrors = new AtomicLong();
    private final AtomicLong injectedFrames = new AtomicLong();
    private final AtomicLong injectDropped = new AtomicLong();
    private final TraceBoard traces;
    private final CaptureHandler captures;
    private @Nullable Rings rings;
    private volatile boolean running = true;

    public TapPump(TraceBoard traces, CaptureHandler captures) {
        this.traces = traces;
        this.captures = captures;
        epoll.add(mailbox.descriptor(), WAKE_TOKEN);
    }

    /** The rings of one data plane, and what reads and writes them. */
    private record Rings(List<PuntReader> punts, List<InjectWriter> injects, List<CaptureReader> captures) {}

    /** Carries the frames of an interface from now on; takes over {@code queue}. */
    public void add(int interfaceId, Descriptor queue) {
        mailbox.run(() -> queues.add(interfaceId, queue));
    }

    /** Gives the frames of an interface to the worker that sends for that port. */
    public void assign(int interfaceId, int portId) {
        mailbox.run(() -> queues.assign(interfaceId, portId));
    }

    /** Carries the frames of an interface no more, and closes its queue. */
    public void remove(int interfaceId) {
        mailbox.run(() -> queues.remove(interfaceId));
    }

    /** Lets the frames of an interface wait: the data plane would not send them. */
    public void hold(int interfaceId) {
        mailbox.run(() -> queues.hold(interfaceId));
    }

    /** As {@link #hold} for all interfaces, and those that come: the data plane knows none yet. */
    public void holdAll() {
        mailbox.run(queues::holdAll);
    }

    /** Carries the frames of interfaces that were held, first those that have waited. */
    public void release(Set<Integer> interfaceIds) {
        mailbox.run(() -> interfaceIds.forEach(queues::release));
    }

    /** Uses the rings of that data plane from now on; what an earlier control left in them is thrown away. */
    public void attach(SharedMemory memory) {
        mailbox.run(() -> rings = open(memory));
    }

    /**
     * Uses no rings, and holds nothing: what kernels send while there is no data plane is thrown away. When this returns, the
     * memory may be given back.
     */
    public void detach() {
        mailbox.run(() -> {
            rings = null;
            queues.releaseAll();
        });
    }

    /** Sends a frame through the stages of worker 0; false when there is no data plane or its ring is full. */
    public boolean trace(long correlationId, int interfaceId, DirectBuffer bytes) {
        return mailbox.call(() -> rings != null
                && rings.injects().getFirst().trace(correlationId, interfaceId, bytes, 0, bytes.capacity()));
    }

    /** Shows the kernel a cable that is plugged in. */
    public void carrierOn(int interfaceId) {
        mailbox.run(() -> ifPresent(interfaceId, TapDevice::carrierOn));
    }

    /** Shows the kernel a cable that is pulled. */
    public void carrierOff(int interfaceId) {
        mailbox.run(() -> ifPresent(interfaceId, TapDevice::carrierOff));
    }

    public PumpCounts counts() {
        return new PumpCounts(puntedFrames.get(), puntErrors.get(), injectedFrames.get(), injectDropped.get());
    }

    /** Ends {@link #run}. */
    public void stop() {
        running = false;
        mailbox.wake();
    }

    @Override
    public void run() {
        long idleNs = MIN_IDLE_NS;
        try {
            while (running) {
                int work = doWork(idleNs);
                idleNs = work > 0 ? MIN_IDLE_NS : Math.min(MAX_IDLE_NS, idleNs * 2);
            }
        } finally {
            mailbox.close();
            queues.close();
            epoll.close();
        }
    }

    private int doWork(long idleNs) {
        try {
            int work = mailbox.doWork() + pollRings();
            return work + epoll.await(work > 0 ? 0 : idleNs, this::onReadable);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The TAP pump met an error and goes on", e);
            return 0;
        }
    }

    private int pollRings() {
        Rings open = rings;
        if (open == null) {
            return 0;
        }
        int work = 0;
        for (PuntReader reader : open.punts()) {
            work += reader.poll(RING_BATCH);
        }
        for (CaptureReader reader : open.captures()) {
            work += reader.poll(RING_BATCH);
        }
        return work;
    }

    private void onReadable(long token) {
        if (token == WAKE_TOKEN) {
            mailbox.clear();
            return;
        }
        TapQueues.Queue queue = queues.get((int) token);
        if (queue != null) {
            read(queue);
        }
    }

    private void read(TapQueues.Queue queue) {
        for (int i = 0; i < TAP_BATCH; i++) {
            int length = queue.descriptor().read(frame.address(), MAX_FRAME_BYTES);
            if (length <= 0) {
                return; // nothing left, or the interface is down
            }
            if (inject(queue, length)) {
                injectedFrames.setOpaque(injectedFrames.getOpaque() + 1);
            } else {
                injectDropped.setOpaque(injectDropped.getOpaque() + 1);
            }
        }
    }

    private boolean inject(TapQueues.Queue queue, int length) {
        Rings open = rings;
        if (open == null) {
            return false;
        }
        int worker =
                SharedLimits.transmitWorker(queue.affinity(), open.injects().size());
        InjectWriter writer = open.injects().get(worker);
        return writer.inject(queue.interfaceId(), frame.address(), length);
    }

    private void write(int interfaceId, DirectBuffer buffer, int offset, int length) {
        TapQueues.Queue queue = queues.get(interfaceId);
        boolean taken = queue != null && queue.descriptor().write(buffer.addressOffset() + offset, length) == length;
        AtomicLong counter = taken ? puntedFrames : puntErrors;
        counter.setOpaque(counter.getOpaque() + 1); // this thread is the only writer
    }

    private Rings open(SharedMemory memory) {
        List<PuntReader> punts = new ArrayList<>();
        List<InjectWriter> injects = new ArrayList<>();
        List<CaptureReader> captureReaders = new ArrayList<>();
        for (int worker = 0; worker < memory.limits().workers(); worker++) {
            PuntReader punt = new PuntReader(memory, worker, new Punts());
            CaptureReader capture = new CaptureReader(memory, worker, captures);
            punt.discard();
            capture.discard();
            punts.add(punt);
            captureReaders.add(capture);
            injects.add(new InjectWriter(memory, worker));
        }
        return new Rings(List.copyOf(punts), List.copyOf(injects), List.copyOf(captureReaders));
    }

    private void ifPresent(int interfaceId, Consumer<Descriptor> action) {
        TapQueues.Queue queue = queues.get(interfaceId);
        if (queue != null) {
            action.accept(queue.descriptor());
        }
    }

    private final class Punts implements PuntHandler {
        @Override
        public void onPunted(
                int interfaceId,
                int routerId,
                int puntReason,
                long timestampNs,
                DirectBuffer buffer,
                int offset,
                int length) {
            write(interfaceId, buffer, offset, length);
        }

        @Override
        public void onTraceStep(
                long correlationId,
                TraceStage stage,
                Verdict verdict,
                int reason,
                int interfaceId,
                int routerId,
                int egressInterfaceId,
                long nextHopHigh,
                long nextHopLow,
                int prefixLength,
                DirectBuffer buffer,
                int offset,
                int length) {
            byte[] bytes = new byte[length];
            buffer.getBytes(offset, bytes);
            traces.onStep(
                    correlationId,
                    new TraceBoard.Step(
                            stage,
                            verdict,
                            reason,
                            interfaceId,
                            routerId,
                            egressInterfaceId,
                            nextHopHigh,
                            nextHopLow,
                            bytes));
        }

        @Override
        public void onTraceEnd(long correlationId, int steps, Verdict verdict, int reason, int egressInterfaceId) {
            traces.onEnd(correlationId, new TraceBoard.End(verdict, reason, egressInterfaceId));
        }
    }
}
