package io.vireo.control.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.provider.MethodSource;

/** Datagrams of rtnetlink: messages, attributes, nested next hops, error texts. */
class MessageDecoderFuzzTest {
    static Stream<byte[]> datagrams() {
        return Stream.of(
                MessageDecoderTest.multipathRoute(),
                MessageDecoderTest.address(),
                MessageDecoderTest.neighbour(),
                MessageDecoderTest.link(),
                MessageDecoderTest.refusal(),
                new byte[16]);
    }

    /**
     * A datagram is decoded, or {@link MalformedMessageException} is thrown; never is anything outside it read, which would meet
     * the end of the buffer. What is handed on is within the ranges that its users rely on.
     */
    @MethodSource("datagrams")
    @FuzzTest
    void shouldDecodeOrRefuse(byte[] datagram) {
        MessageDecoder decoder = new MessageDecoder(new UnsafeBuffer(datagram));
        try {
            MessageReader messages = decoder.datagram(datagram.length);
            while (messages.next()) {
                if (messages.type() == Protocol.NLMSG_ERROR || messages.type() == Protocol.NLMSG_DONE) {
                    decoder.errorNumber();
                }
                if (messages.type() == Protocol.NLMSG_ERROR) {
                    assertThat(decoder.errorText().length()).isLessThan(datagram.length);
                }
                decoder.dispatch(new RangeCheck());
            }
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static final class RangeCheck implements RtnetlinkHandler {
        @Override
        public void onRoute(RouteMessage route, RoutePlacement placement) {
            onRouteRemoved(route);
        }

        @Override
        public void onRouteRemoved(RouteMessage route) {
            assertThat(route.prefix().prefixLength())
                    .isBetween(0, route.prefix().family().bits());
            assertThat(route.nextHops())
                    .allSatisfy(nextHop -> assertThat(nextHop.weight()).isBetween(1, 256));
        }

        @Override
        public void onNextHop(NextHopObject nextHop) {
            assertThat(nextHop.members())
                    .allSatisfy(member -> assertThat(member.weight()).isBetween(1, 65_536));
        }

        @Override
        public void onRule(RuleMessage rule) {
            assertThat(rule.destination()).matches(each -> each == null || each.family() == rule.family());
        }

        @Override
        public void onNeighbour(NeighbourMessage neighbour) {
            assertThat(neighbour.macBits()).isBetween(-1L, 0xFFFF_FFFF_FFFFL);
        }

        @Override
        public void onLink(LinkMessage link) {
            assertThat(link.macBits()).isBetween(-1L, 0xFFFF_FFFF_FFFFL);
        }
    }
}
