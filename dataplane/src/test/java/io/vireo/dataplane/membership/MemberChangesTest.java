package io.vireo.dataplane.membership;

import static io.vireo.dataplane.membership.MemberRig.ADDRESS1;
import static io.vireo.dataplane.membership.MemberRig.BASE;
import static io.vireo.dataplane.membership.MemberRig.BLUE_ID;
import static io.vireo.dataplane.membership.MemberRig.HOSTS;
import static io.vireo.dataplane.membership.MemberRig.OWN;
import static io.vireo.dataplane.membership.MemberRig.RED;
import static io.vireo.dataplane.membership.MemberRig.SHARED_BLUE;
import static io.vireo.dataplane.membership.MemberRig.SHARED_RED;
import static io.vireo.dataplane.membership.MemberRig.arrived;
import static io.vireo.dataplane.membership.MemberRig.fromHost;
import static io.vireo.dataplane.membership.MemberRig.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.membership.policy.MemberList;
import io.vireo.dataplane.membership.policy.MemberList.Otherwise;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of members that are replaced, refused, swept and taken away. */
class MemberChangesTest {
    /** Each list is looked up in as a whole, so a stream goes one way or the other, and nothing is lost. */
    @Test
    void shouldLoseNothingWhileTheListIsReplaced() {
        int packets = 2_000;
        List<byte[]> frames = Collections.nCopies(packets, fromHost(OWN, ADDRESS1));
        MemberList toRed = list(HOSTS, Otherwise.DROP);
        MemberList toBlue = list(List.of(MemberRig.from(BLUE_ID, ADDRESS1)), Otherwise.DROP);
        try (MemberRig rig = new MemberRig(frames, List.of()).with(toRed)) {
            boolean isRed = true;
            while (rig.dataplane.round() > 0) {
                isRed = !isRed;
                rig.with(isRed ? toRed : toBlue);
            }
            rig.run();
            assertThat(rig.dataplane.sent(1)).hasSize(packets);
            assertThat(rig.received(SHARED_RED) + rig.received(SHARED_BLUE)).isEqualTo(packets);
            assertThat(rig.received(SHARED_RED)).isBetween(1L, packets - 1L);
        }
    }

    @Test
    void shouldTakeAListAwayAgain() {
        try (MemberRig rig = new MemberRig(List.of(fromHost(OWN, ADDRESS1)), List.of())) {
            rig.with(list(HOSTS, Otherwise.DROP));
            rig.dataplane.proxy.members().setMembers(7, OWN, new long[0]);
            rig.dataplane.settle();
            rig.run();
            assertThat(rig.dataplane.sent(1)).containsExactly(arrived(BASE, ADDRESS1));
        }
    }

    @Test
    void shouldKeepTheOldListWhenANewOneIsRefused() {
        try (MemberRig rig = new MemberRig(List.of(fromHost(OWN, ADDRESS1)), List.of())) {
            rig.with(list(HOSTS, Otherwise.DROP));
            var members = rig.dataplane.proxy.members();
            long[] broken = list(HOSTS, Otherwise.OWN).image();
            broken[3] = broken.length;
            members.setMembers(7, OWN, broken);
            members.setMembers(7, SHARED_RED, list(HOSTS, Otherwise.OWN).image());
            members.setMembers(7, OWN, new long[1 << 19]);
            members.setMembers(7, 99, new long[0]);
            rig.dataplane.conduct();
            rig.run();

            assertThat(rig.dataplane.events.refusals)
                    .anySatisfy(refusal -> assertThat(refusal).contains("image: a map, tree or list"))
                    .anySatisfy(refusal -> assertThat(refusal).contains("interfaceId: interface 12 does not take"))
                    .anySatisfy(refusal -> assertThat(refusal).contains("image: no room for 524288 longs"))
                    .anySatisfy(refusal -> assertThat(refusal).contains("interfaceId: there is no interface 99"));
            assertThat(rig.dataplane.sent(1)).containsExactly(arrived(RED, ADDRESS1));
        }
    }

    /** The id may be another interface's at once. */
    @Test
    void shouldForgetTheListWithTheInterface() {
        try (MemberRig rig = new MemberRig(List.of(fromHost(OWN, ADDRESS1)), List.of())) {
            rig.with(list(HOSTS, Otherwise.DROP));
            rig.dataplane.proxy.topology().removeInterface(7, OWN);
            rig.dataplane.proxy.topology().addInterface(8, MemberRig.onWire(OWN, BASE));
            rig.dataplane.settle();
            rig.run();
            assertThat(rig.dataplane.sent(1)).containsExactly(arrived(BASE, ADDRESS1));
        }
    }

    @Test
    void shouldKeepThroughAResynchronisationWhatIsRepeatedAndNothingElse() {
        for (boolean isRepeated : new boolean[] {true, false}) {
            try (MemberRig rig = new MemberRig(List.of(fromHost(OWN, ADDRESS1)), List.of())) {
                rig.with(list(HOSTS, Otherwise.DROP));
                var proxy = rig.dataplane.proxy;
                proxy.resyncBegin(1, 1);
                rig.add();
                if (isRepeated) {
                    rig.with(list(HOSTS, Otherwise.DROP));
                }
                proxy.resyncEnd(1, 1);
                rig.dataplane.settle();
                rig.run();
                assertThat(rig.received(SHARED_RED)).isEqualTo(isRepeated ? 1 : 0);
                assertThat(rig.received(OWN)).isEqualTo(isRepeated ? 0 : 1);
            }
        }
    }
}
