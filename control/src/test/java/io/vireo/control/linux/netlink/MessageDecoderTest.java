package io.vireo.control.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MessageDecoderTest {
    private static final int ROUNDS = 200_000;

    @Test
    void shouldReadBackAMultipathRoute() {
        List<RouteMessage> routes = new ArrayList<>();
        decode(multipathRoute(), new RtnetlinkHandler() {
            @Override
            public void onRoute(RouteMessage route, RoutePlacement placement) {
                routes.add(route);
            }
        });
        assertThat(routes)
                .containsExactly(new RouteMessage(
                        IpPrefix.parse("10.9.0.0/16"),
                        1000,
                        186,
                        RouteType.UNICAST,
                        0,
                        20,
                        List.of(
                                new NextHop(3, IpAddress.parse("10.1.0.2"), 5, NextHop.DEAD, 0),
                                NextHop.of(4, IpAddress.parse("fe80::1"))),
                        42,
                        0,
                        null,
                        false,
                        0,
                        0));
    }

    @Test
    void shouldPassOverWhatItDoesNotKnow() {
        byte[] message = multipathRoute();
        message[16] = 28; // AF_MPLS
        decode(message, new Unwanted());
        message[4] = 99; // no message type of ours
        decode(message, new Unwanted());
    }

    /**
     * Whatever bytes come: a message, or {@link MalformedMessageException}; never a read outside the datagram, which
     * would meet the end of the buffer here and throw something else.
     */
    @Test
    void shouldReadHostileDatagramsWithoutLeavingThem() {
        SplittableRandom random = new SplittableRandom(20261120);
        byte[][] seeds = {
            multipathRoute(), LabelledRouteDecoderTest.recorded(), address(), neighbour(), link(), refusal()
        };
        int malformed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] datagram = mutate(seeds[round % seeds.length], random);
            try {
                decode(datagram, new RtnetlinkHandler() {});
            } catch (MalformedMessageException e) {
                malformed++;
            }
        }
        assertThat(malformed).isBetween(ROUNDS / 100, ROUNDS - ROUNDS / 100);
    }

    private static byte[] mutate(byte[] seed, SplittableRandom random) {
        byte[] datagram = Arrays.copyOf(seed, 1 + random.nextInt(seed.length));
        if (random.nextBoolean()) {
            datagram = seed.clone();
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            datagram[random.nextInt(datagram.length)] = (byte) random.nextInt();
        }
        return datagram;
    }

    /** Decodes from a buffer that ends with the datagram. */
    private static void decode(byte[] datagram, RtnetlinkHandler handler) {
        MessageDecoder decoder = new MessageDecoder(new UnsafeBuffer(datagram));
        MessageReader messages = decoder.datagram(datagram.length);
        while (messages.next()) {
            if (messages.type() == Protocol.NLMSG_ERROR) {
                decoder.errorNumber();
                decoder.errorText();
            } else {
                decoder.dispatch(handler);
            }
        }
    }

    static byte[] multipathRoute() {
        MessageWriter writer = new MessageWriter().begin(Protocol.RTM_NEWROUTE, 0, 1);
        writer.putByte(Protocol.AF_INET).putByte(16).putByte(0).putByte(0);
        writer.putByte(0).putByte(186).putByte(0).putByte(1).putInt(0);
        writer.attribute(Protocol.RTA_DST, IpAddress.parse("10.9.0.0")).attribute(Protocol.RTA_TABLE, 1000);
        writer.attribute(Protocol.RTA_PRIORITY, 20).attribute(Protocol.RTA_NH_ID, 42);
        int multipath = writer.beginAttribute(Protocol.RTA_MULTIPATH);
        int first = writer.beginLength();
        writer.putByte(NextHop.DEAD).putByte(4).putInt(3);
        writer.attribute(Protocol.RTA_GATEWAY, IpAddress.parse("10.1.0.2")).endLength(first);
        int second = writer.beginLength();
        writer.putByte(0).putByte(0).putInt(4);
        int via = writer.beginAttribute(Protocol.RTA_VIA);
        writer.putShort(Protocol.AF_INET6);
        for (byte part : IpAddress.parse("fe80::1").toBytes()) {
            writer.putByte(part);
        }
        writer.endLength(via).endLength(second).endLength(multipath);
        return bytes(writer);
    }

    static byte[] address() {
        MessageWriter writer = new MessageWriter().begin(Protocol.RTM_NEWADDR, 0, 1);
        writer.putByte(Protocol.AF_INET6).putByte(64).putByte(0).putByte(0).putInt(7);
        writer.attribute(Protocol.IFA_ADDRESS, IpAddress.parse("2001:db8::1")).attribute(Protocol.IFA_FLAGS, 2);
        return bytes(writer.attribute(Protocol.IFA_PROTO, new byte[] {86}));
    }

    static byte[] neighbour() {
        MessageWriter writer = new MessageWriter().begin(Protocol.RTM_NEWNEIGH, 0, 1);
        writer.putByte(Protocol.AF_INET)
                .putByte(0)
                .putShort(0)
                .putInt(7)
                .putShort(2)
                .putByte(0)
                .putByte(0);
        writer.attribute(Protocol.NDA_DST, IpAddress.parse("10.0.0.1"));
        return bytes(writer.attribute(Protocol.NDA_LLADDR, new byte[] {2, 0, 0, 0, 0, 1}));
    }

    static byte[] link() {
        MessageWriter writer = new MessageWriter().begin(Protocol.RTM_NEWLINK, 0, 1);
        writer.putInt(0).putInt(7).putInt(LinkMessage.UP).putInt(0);
        writer.attribute(Protocol.IFLA_IFNAME, "h1").attribute(Protocol.IFLA_MTU, 1500);
        return bytes(writer.attribute(Protocol.IFLA_ADDRESS, new byte[] {2, 0, 0, 0, 0, 1}));
    }

    static byte[] refusal() {
        MessageWriter writer = new MessageWriter().begin(Protocol.NLMSG_ERROR, Protocol.NLM_F_ACK_TLVS, 1);
        writer.putInt(-22).putInt(20).putInt(0).putInt(0).putInt(0).putInt(0);
        return bytes(writer.attribute(Protocol.NLMSGERR_ATTR_MSG, "no such thing"));
    }

    private static byte[] bytes(MessageWriter writer) {
        return writer.end().toArray(ValueLayout.JAVA_BYTE);
    }

    private static final class Unwanted implements RtnetlinkHandler {
        @Override
        public void onRoute(RouteMessage route, RoutePlacement placement) {
            throw new AssertionError("received " + route);
        }
    }
}
