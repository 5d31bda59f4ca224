package io.vireo.dataplane;

import static io.vireo.dataplane.ClassRig.guarantee;
import static io.vireo.dataplane.ClassRig.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.encapsulation.substrate.SubstrateFrame;
import io.vireo.dataplane.schedule.policy.ClassFilterCompiler;
import io.vireo.dataplane.schedule.policy.ClassFilterRule;
import io.vireo.dataplane.schedule.policy.PortRange;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A virtual link in frames of a port has a class of that port, as who else sends by it. */
class VirtualLinkClassesTest {
    private static final int LINK = 20;
    private static final long OWN = 0x02000000bb00L;
    private static final long PEER = 0x02000000bb01L;

    private final ClassRig rig = new ClassRig();

    @BeforeEach
    void start() {
        rig.port(0, 0, 1);
        rig.port(1, 9, 1);
        InterfaceSpec spec = new InterfaceSpec()
                .id(LINK, ClassRig.ROUTER)
                .mac(0x020000000114L)
                .mtuBytes(1400)
                .name("v")
                .substrate(0, 30, OWN, PEER, 7, SubstrateFrame.ETHER_TYPE, 5);
        rig.proxy.topology().addInterface(3, spec);
        rig.proxy.classes().setPortRate(1, 0, 1_000_000_000, 24);
        rig.settle();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private void send(int interfaceId, int packets, UnsafeBuffer frame) {
        for (int n = 0; n < packets; n++) {
            rig.inject(interfaceId, frame);
        }
        rig.pass(100_000_000, 1_000_000);
    }

    /** By the packet inside, whatever is before it. */
    @Test
    void shouldChooseAmongItsClassesByThePacketInside() {
        rig.proxy.classes().addClass(1, 1, 0, 0, LINK, guarantee(10_000_000), "link");
        rig.proxy.classes().addClass(2, 2, 1, 0, LINK, guarantee(1_000_000), "web");
        rig.proxy.classes().addClass(3, 3, 1, 0, LINK, guarantee(1_000_000), "rest");
        PortRange web = new PortRange(80, 80);
        long[] image = ClassFilterCompiler.compile(
                List.of(new ClassFilterRule(2, ClassFilterRule.ANY, 17, null, web, null, null)), 0);
        rig.proxy.classes().setClassFilter(5, LINK, 3, image);
        rig.settle();

        send(LINK, 12, udp(200, 0, 0, 80));
        send(LINK, 8, udp(200, 0, 0, 443));
        send(0, 5, udp(200, 0, 0, 80));

        assertThat(rig.counts(2).sentPackets()).isEqualTo(12);
        assertThat(rig.counts(3).sentPackets()).isEqualTo(8);
        assertThat(rig.sent(LINK)).isEqualTo(20);
        assertThat(rig.sent(0)).isEqualTo(5);
    }

    @Test
    void shouldRefuseAClassOfAnotherPort() {
        rig.proxy.classes().addClass(1, 1, 0, 1, LINK, guarantee(10_000_000), "link");
        rig.conduct();

        assertThat(rig.events.refusals.toString()).contains("interface " + LINK + " is not on the port of the class");
    }
}
