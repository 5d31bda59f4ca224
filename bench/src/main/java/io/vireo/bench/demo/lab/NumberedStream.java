package io.vireo.bench.demo.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A steady UDP stream between two hosts whose datagrams carry sequence numbers, so that each lost one is known, and the
 * longest silence between two arrivals is measured.
 *
 * <p>Two threads of its own: one sends, one receives. {@link #stop} is called once, by the thread that started it.
 */
public final class NumberedStream {
    /** Long enough for frames in queues and rings to arrive after the last was sent. */
    private static final long DRAIN_MS = 500;

    private static final String SENDER = "stream-sender";
    private static final String RECEIVER = "stream-receiver";
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;

    private final DatagramChannel sender;
    private final DatagramChannel receiver;
    private final Pace pace;
    private final Thread sending;
    private final Thread receiving;

    private volatile boolean stopRequested;
    private int sent; // written by the sending thread, read after it ended
    private final DatagramArrivals arrivals = new DatagramArrivals(); // the receiving thread's, until it ended
    private volatile long lastArrivalNs = System.nanoTime();

    /**
     * How a stream is sent.
     *
     * @param packetsPerSecond datagrams per second
     * @param payloadBytes bytes of each, at least 4
     * @param dscp its differentiated services code point, RFC 2474
     * @param catchUpPackets what a sender missed while it had no CPU it sends at once, but no more datagrams than these: a burst is more
     *     than a class guarantees
     */
    public record Pace(int packetsPerSecond, int payloadBytes, int dscp, int catchUpPackets) {
        private static final int PAYLOAD_BYTES = 200;
        private static final int CATCH_UP_PACKETS = 32;
        private static final int ECN_BITS = 2;

        /** 200 bytes each, best effort. */
        public static Pace of(int packetsPerSecond) {
            return new Pace(packetsPerSecond, PAYLOAD_BYTES, 0, CATCH_UP_PACKETS);
        }

        private long intervalNs() {
            return TimeUnit.SECONDS.toNanos(1) / packetsPerSecond;
        }

        /**
         * When the next datagram is due.
         *
         * @param dueNs when the last one was due
         * @param sentNs when it was sent
         */
        long nextNs(long dueNs, long sentNs) {
            return Math.max(dueNs, sentNs - catchUpPackets * intervalNs()) + intervalNs();
        }

        private int trafficClass() {
            return dscp << ECN_BITS;
        }
    }

    /**
     * What happened to a stream.
     *
     * @param sent datagrams sent
     * @param received different datagrams that arrived
     * @param duplicates datagrams that arrived once more
     * @param maxSilenceNs longest time between two arrivals, in nanoseconds
     */
    public record Report(int sent, int received, int duplicates, long maxSilenceNs) {
        /** Datagrams that never arrived. */
        public int lost() {
            return sent - received;
        }
    }

    private NumberedStream(DatagramChannel sender, DatagramChannel receiver, Pace pace) {
        this.sender = sender;
        this.receiver = receiver;
        this.pace = pace;
        this.sending = Thread.ofPlatform().daemon().name(SENDER).unstarted(this::send);
        this.receiving = Thread.ofPlatform().daemon().name(RECEIVER).unstarted(this::receive);
    }

    /** Starts a stream of that pace from one host to a port of another. */
    public static NumberedStream start(Host from, Host to, IpFamily family, int port, Pace pace) {
        InetSocketAddress destination = new InetSocketAddress(to.address(family), port);
        DatagramChannel receiver = HostSockets.open(to, () -> {
            DatagramChannel channel = DatagramChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
            return channel.bind(destination);
        });
        DatagramChannel sender = HostSockets.open(
                from,
                () -> DatagramChannel.open()
                        .setOption(StandardSocketOptions.IP_TOS, pace.trafficClass())
                        .connect(destination));
        return start(sender, receiver, pace);
    }

    /** @param sender connected to where {@code receiver} is bound; both are closed by {@link #stop} */
    static NumberedStream start(DatagramChannel sender, DatagramChannel receiver, Pace pace) {
        NumberedStream stream = new NumberedStream(sender, receiver, pace);
        stream.receiving.start();
        stream.sending.start();
        return stream;
    }

    /** The thread that receives. */
    public static ThreadSet receiver() {
        return ThreadSet.named(ProcessHandle.current().pid(), RECEIVER);
    }

    /** Whether a datagram arrived not longer than {@code time} ago. */
    public boolean arrivedWithin(Duration time) {
        return System.nanoTime() - lastArrivalNs <= time.toNanos();
    }

    /** Stops sending, waits for what is on its way, and reports. */
    public Report stop() throws InterruptedException, IOException {
        stopRequested = true;
        sending.join();
        TimeUnit.MILLISECONDS.sleep(DRAIN_MS);
        receiver.close(); // ends the receiving thread's read
        receiving.join();
        sender.close();
        return arrivals.report(sent);
    }

    private void send() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(pace.payloadBytes());
        long nextNs = System.nanoTime();
        while (!stopRequested) {
            datagram.clear().putInt(0, sent);
            try {
                sender.write(datagram);
                sent++;
            } catch (IOException e) {
                // An ICMP error that came back for an earlier datagram (RFC 1122 §4.1.3.3): this one was not sent.
                LockSupport.parkNanos(pace.intervalNs());
            }
            nextNs = pace.nextNs(nextNs, System.nanoTime());
            LockSupport.parkNanos(nextNs - System.nanoTime());
        }
    }

    private void receive() {
        ByteBuffer datagram = ByteBuffer.allocateDirect(pace.payloadBytes());
        try {
            while (true) {
                datagram.clear();
                receiver.receive(datagram);
                lastArrivalNs = System.nanoTime();
                arrivals.onArrival(datagram.getInt(0), lastArrivalNs);
            }
        } catch (ClosedChannelException e) {
            // stop() closed it: done
        } catch (IOException e) {
            throw new IllegalStateException("receiving the numbered stream", e);
        }
    }
}
