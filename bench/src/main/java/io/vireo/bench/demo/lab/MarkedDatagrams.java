package io.vireo.bench.demo.lab;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Datagrams that carry a text by which captures can tell them apart. */
public final class MarkedDatagrams {
    private static final int PORT = 5353;

    /** Of 10 ms each: what has not been received by then was lost. */
    private static final int MAX_IDLE_POLLS = 50;

    private MarkedDatagrams() {}

    /**
     * Sends {@code count} datagrams that carry {@code mark} from one host to another, a millisecond apart, and waits until
     * they have arrived; returns how many have.
     */
    public static int send(Host from, Host to, String mark, int count) throws IOException, InterruptedException {
        InetSocketAddress destination = new InetSocketAddress(to.address(IpFamily.IPV4), PORT);
        // While the socket is there, the host does not answer with ICMP errors that quote the datagrams.
        try (DatagramChannel receiver =
                        HostSockets.open(to, () -> DatagramChannel.open().bind(destination));
                DatagramChannel sender = HostSockets.open(from, DatagramChannel::open)) {
            for (int number = 0; number < count; number++) {
                byte[] text =
                        (mark + " " + number + " to " + receiver.getLocalAddress()).getBytes(StandardCharsets.US_ASCII);
                sender.send(ByteBuffer.wrap(text), destination);
                TimeUnit.MILLISECONDS.sleep(1);
            }
            receiver.configureBlocking(false);
            return receive(receiver, count);
        }
    }

    private static int receive(DatagramChannel receiver, int count) throws IOException, InterruptedException {
        ByteBuffer datagram = ByteBuffer.allocate(2048);
        int received = 0;
        int idlePolls = 0;
        while (received < count && idlePolls < MAX_IDLE_POLLS) {
            if (receiver.receive(datagram.clear()) == null) {
                idlePolls++;
                TimeUnit.MILLISECONDS.sleep(10);
            } else {
                received++;
            }
        }
        return received;
    }
}
