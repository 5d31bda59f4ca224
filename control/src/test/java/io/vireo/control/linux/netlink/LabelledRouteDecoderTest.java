package io.vireo.control.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.model.IpAddress;
import io.vireo.control.model.OutgoingLabels;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * Routes with labels as Linux 6.12 notifies them, recorded by {@code ip route save} after
 *
 * <pre>
 *   ip route add 10.1.0.0/16 encap mpls 100/200 via 192.0.2.1 dev eth0
 *   ip route add 10.2.0.0/16 encap mpls 300 ttl 255 via 192.0.2.1
 *   ip route add 10.3.0.0/16 nexthop encap mpls 100 via 192.0.2.1 weight 2 nexthop encap mpls 200/0 via 192.0.2.3 nexthop via 192.0.2.4
 *   ip nexthop add id 7 encap mpls 400/500 via 192.0.2.1 dev eth0; ip route add 10.4.0.0/16 nhid 7
 *   ip -6 route add 2001:db8:2::/48 encap mpls 100/2 via 2001:db8::1
 * </pre>
 */
class LabelledRouteDecoderTest {
    private static final String IPV4 = """
            5400000018002200c4ca0d6be400000002100000fe0300010000000008000f00fe000000080001000a01000008000500c000020108000400
            09000000100016000c00010000064000000c810006001500010000005800000018002200c4ca0d6be400000002100000fe03000100000000
            08000f00fe000000080001000a02000008000500c0000201080004000900000014001600080001000012c10005000200ff00000006001500
            010000008c00000018002200c4ca0d6be400000002100000fe0300010000000008000f00fe000000080001000a0300006000090024000001
            0900000008000500c00002010c00160008000100000641000600150001000000280000000900000008000500c0000203100016000c000100
            000c8000000001000600150001000000100000000900000008000500c00002045c00000018002200c4ca0d6be400000002100000fe030001
            0000000008000f00fe000000080001000a04000008001e000700000008000500c00002010800040009000000100016000c00010000190000
            001f410006001500010000003c00000018002200c4ca0d6be400000002180000fe02fd010000000008000f00fe00000008000100c0000200
            08000700c00002020800040009000000
            """;
    private static final String IPV6 = """
            7400000018002200c5ca0d6be80000000a400000fe0200010000000008000f00fe0000001400010020010db8000000000000000000000000
            0800060000010000080004000900000024000c00000000000000000000000000000000000000000000000000000000000000000005001400
            00000000a000000018002200c5ca0d6be80000000a300000fe0300010000000008000f00fe0000001400010020010db80002000000000000
            0000000008000600000400001400050020010db80000000000000000000000010800040009000000100016000c0001000006400000002100
            060015000100000024000c000000000000000000000000000000000000000000000000000000000000000000050014000000000074000000
            18002200c5ca0d6be80000000a400000fe0200010000000008000f00fe00000014000100fe80000000000000000000000000000008000600
            00010000080004000900000024000c0000000000000000000000000000000000000000000000000000000000000000000500140000000000
            """;
    private static final int ETH0 = 9;

    /** All of the IPv4 routes, for who changes them. */
    static byte[] recorded() {
        return recorded(IPV4);
    }

    private static byte[] recorded(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }

    private static Map<String, List<NextHop>> routes(byte[] bytes) {
        Map<String, List<NextHop>> found = new LinkedHashMap<>();
        MessageDecoder decoder = new MessageDecoder(new UnsafeBuffer(bytes));
        for (MessageReader messages = decoder.datagram(bytes.length); messages.next(); ) {
            decoder.dispatch(new RtnetlinkHandler() {
                @Override
                public void onRoute(RouteMessage route, RoutePlacement placement) {
                    found.put(route.prefix().toString(), route.nextHops());
                }
            });
        }
        return found;
    }

    private static OutgoingLabels stack(int ttl, Integer... labels) {
        return new OutgoingLabels(List.of(labels), ttl);
    }

    @Test
    void shouldReadLabels() {
        Map<String, List<NextHop>> routes = routes(recorded(IPV4));
        assertThat(routes.get("10.1.0.0/16")).singleElement().satisfies(hop -> {
            assertThat(hop.labels()).isEqualTo(stack(0, 100, 200));
            assertThat(hop.gateway()).isEqualTo(IpAddress.parse("192.0.2.1"));
            assertThat(hop.ifindex()).isEqualTo(ETH0);
            assertThat(hop.isEncapsulated()).isFalse();
        });
        assertThat(routes.get("10.2.0.0/16")).extracting(NextHop::labels).containsExactly(stack(255, 300));
        assertThat(routes.get("192.0.2.0/24")).extracting(NextHop::labels).containsOnlyNulls();
    }

    @Test
    void shouldReadTheLabelsOfEachNextHop() {
        List<NextHop> hops = Objects.requireNonNull(routes(recorded(IPV4)).get("10.3.0.0/16"));
        assertThat(hops).extracting(NextHop::labels).containsExactly(stack(0, 100), stack(0, 200, 0), null);
        assertThat(hops).extracting(NextHop::weight).containsExactly(2, 1, 1);
        assertThat(hops.getLast().isEncapsulated()).isFalse();
    }

    @Test
    void shouldReadLabelsThatComeFromANextHopObject() {
        assertThat(routes(recorded(IPV4)).get("10.4.0.0/16"))
                .extracting(NextHop::labels)
                .containsExactly(stack(0, 400, 500));
    }

    @Test
    void shouldReadLabelsOfIpv6() {
        assertThat(routes(recorded(IPV6)).get("2001:db8:2::/48"))
                .singleElement()
                .satisfies(hop -> {
                    assertThat(hop.labels()).isEqualTo(stack(0, 100, 2));
                    assertThat(hop.gateway()).isEqualTo(IpAddress.parse("2001:db8::1"));
                });
    }

    /** The encapsulation of another type is known by a hash only, and left to the kernel. */
    @Test
    void shouldNotTakeAnotherEncapsulationForLabels() {
        byte[] other = recorded(IPV4.replaceAll("\\s", "").replace("0600150001000000", "0600150005000000")); // SEG6
        assertThat(routes(other).get("10.1.0.0/16")).singleElement().satisfies(hop -> {
            assertThat(hop.labels()).isNull();
            assertThat(hop.isEncapsulated()).isTrue();
        });
    }

    @Test
    void shouldRefuseAStackWithoutEnd() {
        byte[] endless = recorded(IPV4.replaceAll("\\s", "").replace("00064000000c8100", "00064000000c8000"));
        assertThatThrownBy(() -> routes(endless)).isInstanceOf(MalformedMessageException.class);
    }

    @Test
    void shouldWriteWhatLinuxSays() {
        List<byte[]> written = new ArrayList<>();
        MessageWriter writer = new MessageWriter().begin(Protocol.RTM_NEWROUTE, 0, 1);
        EncapsulationDecoder.write(writer, stack(0, 100, 200));
        written.add(writer.end().toArray(ValueLayout.JAVA_BYTE));
        String hex = HexFormat.of().formatHex(written.getFirst()).substring(32);
        // As recorded, and with a TTL of 0 within RTA_ENCAP: as the packet's, whatever net.mpls.ip_ttl_propagate says.
        assertThat(hex).isEqualTo("180016000c00010000064000000c81000500020000000000" + "0600150001000000");
    }
}
