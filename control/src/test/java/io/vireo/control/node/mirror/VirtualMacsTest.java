package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.IpAddress;
import io.vireo.control.node.forwarding.ForwardingRoute;
import io.vireo.dataplane.wire.code.RouteKind;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VirtualMacsTest {
    private static final long VRID5 = 0x00_00_5e_00_01_05L;
    private static final long VRID6 = 0x00_00_5e_00_02_06L;

    private MirroredNamespace namespace;

    @BeforeEach
    void open() {
        namespace = new MirroredNamespace();
    }

    @AfterEach
    void close() {
        namespace.close();
    }

    @Test
    void shouldTakeFramesForMacvlansWhileTheyAreUp() {
        namespace.succeed("link add vr5 link h1 type macvlan mode bridge");
        namespace.succeed("link set vr5 address 00:00:5e:00:01:05");
        namespace.catchUp();
        assertThat(namespace.macs("h1")).as("still down").isEmpty();

        namespace.succeed("link set vr5 up");
        awaitMacs("h1", Set.of(VRID5));
        namespace.succeed("link add vr6 link h1 address 00:00:5e:00:02:06 up type macvlan mode private");
        awaitMacs("h1", Set.of(VRID5, VRID6));
        assertThat(namespace.macs("h2")).isEmpty();

        namespace.succeed("link set vr5 down");
        awaitMacs("h1", Set.of(VRID6));
        namespace.succeed("link set vr5 up");
        awaitMacs("h1", Set.of(VRID5, VRID6));
        namespace.succeed("link del vr6");
        awaitMacs("h1", Set.of(VRID5));
    }

    @Test
    void shouldFollowAnAddressThatChanges() {
        namespace.succeed("link add vr5 link h2 address 02:00:00:00:00:05 up type macvlan mode bridge");
        awaitMacs("h2", Set.of(0x02_00_00_00_00_05L));

        namespace.succeed("link set vr5 address 00:00:5e:00:01:05");

        awaitMacs("h2", Set.of(VRID5));
    }

    /** FRR's vrrpd takes the carrier of a virtual router that is not the active one; Linux takes what comes to it all the same. */
    @Test
    void shouldTakeFramesForAMacvlanWithoutCarrierAsLinuxDoes() {
        namespace.succeed("link add vr5 link h1 address 00:00:5e:00:01:05 up type macvlan mode bridge");
        awaitMacs("h1", Set.of(VRID5));

        namespace.succeed("link set vr5 protodown on");
        namespace.succeed("link add vr6 link h1 address 00:00:5e:00:02:06 up type macvlan mode private");
        awaitMacs("h1", Set.of(VRID5, VRID6));
        namespace.succeed("link set vr5 down");
        awaitMacs("h1", Set.of(VRID6));
    }

    @Test
    void shouldKnowMacvlansAfterARestartAndLeaveOutThoseOfInterfacesThatAreNot() {
        namespace.succeed("link add vr5 link h1 address 00:00:5e:00:01:05 up type macvlan mode bridge");
        namespace.succeed("link add own link w1 address 02:00:00:00:00:0c up type macvlan mode bridge");
        awaitMacs("h1", Set.of(VRID5));

        assertThat(namespace.replayedMacs("h1")).containsExactly(VRID5);
        namespace.sync().unbind(namespace.ifindex("h1"));
        namespace.succeed("link set vr5 address 00:00:5e:00:02:06");
        namespace.catchUp();
        assertThat(namespace.macs("h1"))
                .as("the data plane forgets them by itself")
                .containsExactly(VRID5);
        assertThat(namespace.replayedMacs("h1")).isEmpty();
        namespace.sync().bind(namespace.ifindex("h1"), 1, MirroredNamespace.MAX_MTU);
        assertThat(namespace.macs("h1")).contains(VRID6);
    }

    @Test
    void shouldSendByTheInterfaceWhatLinuxSendsByItsMacvlan() {
        IpAddress host = IpAddress.parse("10.77.0.9");
        ForwardingRoute onLink =
                new ForwardingRoute(RouteKind.UNICAST, List.of(new ForwardingRoute.NextHop(1, 0, 0, 1)));
        namespace.succeed("link add vr5 link h1 address 00:00:5e:00:01:05 up type macvlan mode bridge");
        namespace.succeed("address add 10.77.0.1/24 dev vr5");
        assertThat(namespace.catchUpUntil(() -> onLink.equals(namespace.lookUp(host))))
                .isTrue();

        namespace.succeed("neigh add 10.77.0.9 lladdr 02:00:00:00:77:09 dev vr5 nud permanent");
        namespace.succeed("neigh add 10.77.0.9 lladdr 02:00:00:00:77:09 dev h1 nud permanent");
        assertThat(namespace.catchUpUntil(() -> namespace.neighbours().containsKey(host)))
                .isTrue();
        namespace.succeed("neigh del 10.77.0.9 dev h1");
        namespace.succeed("neigh add 10.77.0.8 lladdr 02:00:00:00:77:08 dev vr5 nud permanent");
        assertThat(namespace.catchUpUntil(() -> namespace.neighbours().containsKey(IpAddress.parse("10.77.0.8"))))
                .isTrue();
        assertThat(namespace.neighbours()).as("vr5 knows it still").containsKey(host);
        assertThat(namespace.differencesFromFresh()).isEmpty();

        namespace.succeed("link set vr5 protodown on");
        assertThat(namespace.catchUpUntil(() -> !namespace.neighbours().containsKey(host)))
                .isTrue();
        assertThat(onLink.equals(namespace.lookUp(host))).isFalse();
        namespace.succeed("link set vr5 protodown off");
        assertThat(namespace.catchUpUntil(() -> onLink.equals(namespace.lookUp(host))))
                .isTrue();
        namespace.succeed("link del vr5");
        assertThat(namespace.catchUpUntil(() -> namespace.lookUp(host) == null)).isTrue();
    }

    private void awaitMacs(String name, Set<Long> expected) {
        namespace.catchUpUntil(() -> namespace.macs(name).equals(expected));
        assertThat(namespace.macs(name)).isEqualTo(expected);
    }
}
