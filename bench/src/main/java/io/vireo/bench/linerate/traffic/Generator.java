package io.vireo.bench.linerate.traffic;

import io.vireo.dpdk.DpdkException;
import io.vireo.dpdk.MbufArray;
import io.vireo.dpdk.Mempool;
import io.vireo.dpdk.MempoolConfig;
import io.vireo.dpdk.RxQueue;
import io.vireo.dpdk.TxQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes trials over a wire. One thread, which polls all the while a trial lasts. */
final class Generator implements AutoCloseable {
    /** More than a wire's rings hold; few, so that the processor's caches hold them too. */
    private static final int MBUFS = 8191;

    private static final int CACHE_MBUFS = 256;

    /** After the last frame, so long a silence says that no more will come. */
    private static final long SILENCE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A sender that is later than this at the end of a trial leaves the rest unsent. */
    private static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** As much of the first load comes before each trial, and so long a silence ends it. */
    private static final long RUN_UP_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long RUN_UP_SILENCE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Rounds of the loop between looks at what seldom changes: a power of two. */
    private static final int ROUNDS_BETWEEN_LOOKS = 1024;

    private static final int TRIALS = 1 << 16;

    private final Mempool sendPool = Mempool.create("send", config());
    private final Mempool receivePool = Mempool.create("receive", config());
    private final MbufArray sendBurst = MbufArray.allocate(Sender.BURST);
    private final MbufArray receiveBurst = MbufArray.allocate(Sink.BURST);
    private @Nullable GeneratorPorts wire;
    private RealTimePriority priority = RealTimePriority.NONE;
    private int trial;

    private static MempoolConfig config() {
        return new MempoolConfig().mbufs(MBUFS).cacheMbufs(CACHE_MBUFS);
    }

    /**
     * Attaches both ports and waits for their carrier.
     *
     * @param timeout how long to wait
     * @throws DpdkException when a port cannot be attached, or a device that should listen does not
     * @throws NotConnectedException when the carrier does not come
     */
    void connect(String sendingDevice, String receivingDevice, Duration timeout) {
        GeneratorPorts fresh = listen(sendingDevice, receivingDevice);
        long deadlineNs = System.nanoTime() + timeout.toNanos();
        while (!fresh.isUp()) {
            if (System.nanoTime() > deadlineNs) {
                disconnect();
                throw new NotConnectedException(
                        "nobody is at the other end of " + sendingDevice + ", " + receivingDevice);
            }
            Thread.onSpinWait();
        }
    }

    /** Attaches both ports, for a device that is yet to come, and may go and come again. */
    GeneratorPorts listen(String sendingDevice, String receivingDevice) {
        disconnect();
        GeneratorPorts fresh = new GeneratorPorts(sendingDevice, receivingDevice, receivePool);
        wire = fresh;
        fresh.start();
        return fresh;
    }

    /** Detaches the ports. */
    void disconnect() {
        if (wire != null) {
            wire.close();
            wire = null;
        }
    }

    /** From now on it and the thread of the device run with real-time priority while a trial lasts. */
    void useRealTime(int deviceThread) {
        priority = new RealTimePriority(List.of(SchedulingPolicy.CALLING_THREAD, deviceThread));
    }

    /** Makes one trial, on a wire that is connected. */
    TrialReport run(TrialRequest request) throws InterruptedException {
        GeneratorPorts connected = wire;
        if (connected == null) {
            throw new IllegalStateException("the generator is connected to no device");
        }
        collectGarbage();
        return priority.during(request.durationNs(), () -> run(connected, request));
    }

    /**
     * The reports of some dozen trials fill the young generation. A collection within a trial stops the generator until the JVM's
     * own thread has run, which may stand behind a device's real-time thread: 4 to 65 ms were seen.
     */
    private static void collectGarbage() {
        System.gc();
    }

    private TrialReport run(GeneratorPorts connected, TrialRequest request) {
        makeTrial(connected, runUp(request), RUN_UP_SILENCE_NS);
        return makeTrial(connected, request, SILENCE_NS);
    }

    /** Nothing of it is kept: after a rest caches are cold at both ends, which would make the first frames late. */
    private static TrialRequest runUp(TrialRequest request) {
        double framesPerSecond = request.phases().getFirst().framesPerSecond();
        return request.of(List.of(Phase.of(framesPerSecond, RUN_UP_NS)));
    }

    private TrialReport makeTrial(GeneratorPorts connected, TrialRequest request, long silenceNs) {
        trial = (trial + 1) % TRIALS;
        discardLeftovers(connected.fromDevice());
        long startNs = System.nanoTime() + GRACE_NS;
        Sender sender = new Sender(request, trial, sendPool, sendBurst, startNs);
        Sink sink = new Sink(request, trial, receiveBurst, startNs);
        LinkMonitor monitor = new LinkMonitor(connected, sink);
        send(connected, sender, sink, monitor, startNs + request.durationNs() + GRACE_NS);
        settle(connected.fromDevice(), sender, sink, silenceNs);
        return sink.report(sender, monitor.reconnections());
    }

    private void send(GeneratorPorts connected, Sender sender, Sink sink, LinkMonitor monitor, long endNs) {
        TxQueue toDevice = connected.toDevice();
        RxQueue fromDevice = connected.fromDevice();
        long nowNs = System.nanoTime();
        int round = 0;
        while (!sender.isDone() && nowNs - endNs < 0) {
            sender.send(toDevice, nowNs);
            sink.poll(fromDevice);
            if ((++round & ROUNDS_BETWEEN_LOOKS - 1) == 0) {
                monitor.poll();
            }
            nowNs = System.nanoTime();
        }
        sender.end(nowNs);
    }

    private static void settle(RxQueue fromDevice, Sender sender, Sink sink, long silenceNs) {
        long quietNs = System.nanoTime();
        while (sink.received() < sender.offered() - sender.refused() && System.nanoTime() - quietNs < silenceNs) {
            if (sink.poll(fromDevice) > 0) {
                quietNs = sink.lastArrivalNs();
            }
        }
    }

    private void discardLeftovers(RxQueue queue) {
        int count;
        do {
            count = queue.receive(receiveBurst, 0, Sink.BURST);
            Mempool.free(receiveBurst, 0, count);
        } while (count > 0);
    }

    @Override
    public void close() {
        disconnect();
        sendPool.close();
        receivePool.close();
    }
}
