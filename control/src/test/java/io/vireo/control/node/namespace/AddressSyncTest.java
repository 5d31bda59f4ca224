package io.vireo.control.node.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.linux.TestNamespace;
import io.vireo.control.linux.netlink.AddressMessage;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RoutePlacement;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.linux.netlink.RtnetlinkHandler;
import io.vireo.control.linux.netlink.RtnetlinkMonitor;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.InterfaceAddress;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From any addresses to any others, in the kernel itself: none that stays is lost on the way, and strangers stay. */
class AddressSyncTest {
    private static final int CHANGES = 300;
    private static final int[] IPV4_LENGTHS = {16, 24, 25, 32};
    private static final int[] IPV6_LENGTHS = {48, 64, 80, 128};

    private TestNamespace test;
    private Rtnetlink netlink;
    private RtnetlinkMonitor monitor;
    private AddressSync sync;
    private LinkMessage link;
    private LinkMessage loopback;
    private final LocalRoutes locals = new LocalRoutes();

    @BeforeEach
    void open() {
        test = new TestNamespace();
        test.namespace().run(NamespaceSysctls::apply);
        test.batch("link set lo up\nlink add h1 type veth peer name p1\nlink set p1 up\nlink set h1 up\n");
        netlink = test.namespace().call(() -> Rtnetlink.open(test.name()));
        monitor =
                test.namespace().call(() -> RtnetlinkMonitor.open(test.name(), 1 << 24, new RtnetlinkMonitor.Buffer()));
        sync = new AddressSync(netlink);
        link = netlink.link("h1").orElseThrow();
        loopback = netlink.link("lo").orElseThrow();
    }

    @AfterEach
    void close() {
        monitor.close();
        netlink.close();
        test.close();
    }

    @Test
    void shouldReplaceThePrefixLengthOfAnIpv6Address() {
        configure("2001:db8:1::1/64", "2001:db8:1::2/64");
        drain();
        configure("2001:db8:1::1/80", "2001:db8:1::2/64");
        drain();
        assertThat(locals.lost).isEmpty();
        assertThat(ours()).containsExactlyInAnyOrder("2001:db8:1::1/80", "2001:db8:1::2/64");
    }

    @Test
    void shouldMakeTheFirstConfiguredAddressThePrimaryOne() {
        configure("10.0.0.1/24", "10.0.0.2/24");
        drain();
        configure("10.0.0.9/24", "10.0.0.2/24", "10.0.0.1/24");
        drain();
        assertThat(locals.lost).isEmpty();
        assertThat(ours()).containsExactly("10.0.0.9/24", "10.0.0.1/24", "10.0.0.2/24");
    }

    @Test
    void shouldLoseNoAddressThatStaysWhateverChanges() {
        Random random = new Random(11);
        test.batch("address add 10.1.0.77/24 dev h1\naddress add 2001:db8:77::1/64 dev h1\n");
        List<InterfaceAddress> before = List.of();
        for (int i = 0; i < CHANGES; i++) {
            List<InterfaceAddress> wanted = random(random);
            drain();
            Set<IpAddress> staying = addresses(before);
            staying.retainAll(addresses(wanted));
            locals.lost.clear();

            sync.configure(link, () -> loopback, wanted);

            drain();
            String change = "seed 11, change " + i + ": " + before + " to " + wanted;
            assertThat(locals.lost).as(change).noneMatch(staying::contains);
            assertThat(ours())
                    .as(change)
                    .containsExactlyInAnyOrderElementsOf(
                            wanted.stream().map(InterfaceAddress::toString).toList());
            assertThat(AddressStep.between(present(), wanted)).as(change).isEmpty();
            assertThat(present().stream().map(AddressMessage::address))
                    .as(change)
                    .contains(InterfaceAddress.parse("10.1.0.77/24"), InterfaceAddress.parse("2001:db8:77::1/64"));
            assertThat(AddressSync.of(loopback, netlink.addresses()))
                    .as(change)
                    .noneMatch(address -> address.protocol() == RouterNamespace.PROTOCOL);
            before = wanted;
        }
    }

    /** Few addresses, so that many changes concern the same ones; each once, in any order. */
    private static List<InterfaceAddress> random(Random random) {
        Map<IpAddress, InterfaceAddress> chosen = new LinkedHashMap<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            int host = 1 + random.nextInt(4);
            boolean isIpv4 = random.nextBoolean();
            int[] lengths = isIpv4 ? IPV4_LENGTHS : IPV6_LENGTHS;
            IpAddress address = IpAddress.parse((isIpv4 ? "10.1.0." : "2001:db8:1::") + host);
            chosen.put(address, new InterfaceAddress(address, lengths[random.nextInt(lengths.length)]));
        }
        List<InterfaceAddress> list = new ArrayList<>(chosen.values());
        Collections.shuffle(list, random);
        return list;
    }

    private static Set<IpAddress> addresses(List<InterfaceAddress> addresses) {
        Set<IpAddress> set = new HashSet<>();
        addresses.forEach(address -> set.add(address.address()));
        return set;
    }

    private void configure(String... addresses) {
        sync.configure(
                link,
                () -> loopback,
                List.of(addresses).stream().map(InterfaceAddress::parse).toList());
    }

    private List<AddressMessage> present() {
        return AddressSync.of(link, netlink.addresses());
    }

    private List<String> ours() {
        return present().stream()
                .filter(address -> address.protocol() == RouterNamespace.PROTOCOL)
                .map(address -> address.address().toString())
                .toList();
    }

    private void drain() {
        while (monitor.poll(locals, 1_000) > 0) {
            // all that the kernel has reported so far
        }
    }

    /** Which addresses the kernel answered to at each moment, by its own account: routes of its local table. */
    private static final class LocalRoutes implements RtnetlinkHandler {
        private final Map<IpPrefix, Set<RouteMessage>> present = new HashMap<>();
        private final Set<IpAddress> lost = new HashSet<>();

        @Override
        public void onRoute(RouteMessage route, RoutePlacement placement) {
            if (isOfAnAddress(route)) {
                present.computeIfAbsent(route.prefix(), prefix -> new HashSet<>())
                        .add(route);
            }
        }

        @Override
        public void onRouteRemoved(RouteMessage route) {
            Set<RouteMessage> others = present.getOrDefault(route.prefix(), new HashSet<>());
            if (isOfAnAddress(route) && others.remove(route) && others.isEmpty()) {
                lost.add(route.prefix().network());
            }
        }

        private static boolean isOfAnAddress(RouteMessage route) {
            AddressFamily family = route.prefix().family();
            return route.table() == RouteMessage.TABLE_LOCAL
                    && route.type() == io.vireo.control.linux.netlink.RouteType.LOCAL
                    && route.prefix().prefixLength() == family.bits();
        }
    }
}
