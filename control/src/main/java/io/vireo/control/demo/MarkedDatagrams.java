package io.vireo.control.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Datagrams that carry a text by which captures can tell them apart. */
public final class MarkedDatagrams {
    private static final int PORT = 5353;

    private MarkedDatagrams() {}

    /** Sends {@code count} datagrams that carry {@code mark} from one host to another, a millisecond apart. */
    public static void send(Host from, Host to, String mark, int count) throws IOException, InterruptedException {
        InetSocketAddress destination = new InetSocketAddress(to.address(IpFamily.IPV4), PORT);
        // The bound socket keeps the host from answering each datagram with an ICMP error that quotes it.
        try (DatagramChannel receiver =
                        HostSockets.open(to, () -> DatagramChannel.open().bind(destination));
                DatagramChannel sender = HostSockets.open(from, DatagramChannel::open)) {
            for (int number = 0; number < count; number++) {
                byte[] text =
                        (mark + " " + number + " to " + receiver.getLocalAddress()).getBytes(StandardCharsets.US_ASCII);
                sender.send(ByteBuffer.wrap(text), destination);
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }
}
