package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VirtualMacsTest {
    private static final long PATIENCE_NS = 10_000_000_000L;
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
        run("link add vr5 link h1 type macvlan mode bridge");
        run("link set vr5 address 00:00:5e:00:01:05");
        namespace.catchUp();
        assertThat(namespace.macs("h1")).as("still down").isEmpty();

        run("link set vr5 up");
        awaitMacs("h1", Set.of(VRID5));
        run("link add vr6 link h1 address 00:00:5e:00:02:06 up type macvlan mode private");
        awaitMacs("h1", Set.of(VRID5, VRID6));
        assertThat(namespace.macs("h2")).isEmpty();

        run("link set vr5 down");
        awaitMacs("h1", Set.of(VRID6));
        run("link set vr5 up");
        awaitMacs("h1", Set.of(VRID5, VRID6));
        run("link del vr6");
        awaitMacs("h1", Set.of(VRID5));
    }

    @Test
    void shouldFollowAnAddressThatChanges() {
        run("link add vr5 link h2 address 02:00:00:00:00:05 up type macvlan mode bridge");
        awaitMacs("h2", Set.of(0x02_00_00_00_00_05L));

        run("link set vr5 address 00:00:5e:00:01:05");

        awaitMacs("h2", Set.of(VRID5));
    }

    /** FRR's vrrpd takes the carrier of a virtual router that is not the active one. */
    @Test
    void shouldDropFramesForAMacvlanWithoutCarrier() {
        run("link add vr5 link h1 address 00:00:5e:00:01:05 up type macvlan mode bridge");
        awaitMacs("h1", Set.of(VRID5));

        run("link set vr5 protodown on");
        awaitMacs("h1", Set.of());
        run("link set vr5 protodown off");
        awaitMacs("h1", Set.of(VRID5));
    }

    @Test
    void shouldKnowMacvlansAfterARestartAndLeaveOutThoseOfInterfacesThatAreNot() {
        run("link add vr5 link h1 address 00:00:5e:00:01:05 up type macvlan mode bridge");
        run("link add own link w1 address 02:00:00:00:00:0c up type macvlan mode bridge");
        awaitMacs("h1", Set.of(VRID5));

        assertThat(namespace.replayedMacs("h1")).containsExactly(VRID5);
        namespace.sync().unbind(namespace.ifindex("h1"));
        run("link set vr5 address 00:00:5e:00:02:06");
        namespace.catchUp();
        assertThat(namespace.macs("h1")).as("the data plane forgets them by itself").containsExactly(VRID5);
        assertThat(namespace.replayedMacs("h1")).isEmpty();
        namespace.sync().bind(namespace.ifindex("h1"), 1);
        assertThat(namespace.macs("h1")).contains(VRID6);
    }

    private void run(String command) {
        assertThat(namespace.run(command, true)).as(command).isEmpty();
    }

    private void awaitMacs(String name, Set<Long> expected) {
        long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (!namespace.macs(name).equals(expected) && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(1_000_000);
            namespace.catchUp();
        }
        assertThat(namespace.macs(name)).isEqualTo(expected);
    }
}
