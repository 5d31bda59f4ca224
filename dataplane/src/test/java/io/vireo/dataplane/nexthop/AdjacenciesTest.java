package io.vireo.dataplane.nexthop;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.tables.QuiescentState;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.value.NextHops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdjacenciesTest {
    private static final int ACCESS = 1;
    private static final int LINK = 2;
    private static final int TUNNEL = 3;
    private static final int PORT = 5;
    private static final int PEER = 6;
    private static final int ENCAPSULATION = 4;
    private static final int MTU = 1400;
    private static final int WORKER = 0;
    private static final long MAC = 0x020000000101L;
    private static final long GATEWAY = 0x0a000001;

    private final QuiescentState quiescent = new QuiescentState(1);
    private final InterfaceTable interfaces = new InterfaceTable(8);
    private final AdjacencyTable table = new AdjacencyTable(64);
    private final Adjacencies adjacencies = new Adjacencies(table, interfaces, quiescent);

    @BeforeEach
    void openInterfaces() {
        SpecialNextHops.define(table);
        interfaces.defineAccess(ACCESS, 7, 70, 71, PORT, 0);
        interfaces.defineLink(LINK, 7, 70, 71, PEER);
        interfaces.defineTunnel(TUNNEL, 7, 70, 71, ENCAPSULATION, false);
        for (int id : new int[] {ACCESS, LINK, TUNNEL}) {
            interfaces.setMac(id, 0x020000000100L + id);
            interfaces.setMtu(id, MTU);
            interfaces.setState(id, InterfaceTable.UP);
        }
    }

    @AfterEach
    void close() {
        quiescent.close();
    }

    private int acquire(int interfaceId, long address) {
        return adjacencies.acquire(interfaceId, AddressFamily.IPV4, 0, address);
    }

    private int learn(int interfaceId, long address, long mac) {
        return adjacencies.learn(interfaceId, AddressFamily.IPV4, 0, address, mac);
    }

    private int disposition(int adjacency) {
        return AdjacencyTable.disposition(table.record(adjacency));
    }

    private int limit(int adjacency) {
        return AdjacencyTable.limit(table.record(adjacency));
    }

    @Test
    void shouldPuntUntilTheNeighbourIsKnownAndForwardFromThenOn() {
        int adjacency = acquire(ACCESS, GATEWAY);
        assertThat(disposition(adjacency)).isEqualTo(Disposition.punt(PuntReason.GATEWAY_UNKNOWN));
        assertThat(limit(adjacency)).isZero();

        assertThat(learn(ACCESS, GATEWAY, MAC)).isEqualTo(adjacency);
        assertThat(disposition(adjacency)).isEqualTo(Disposition.FORWARD);
        assertThat(limit(adjacency)).isEqualTo(MTU);
        assertThat(AdjacencyTable.target(table.record(adjacency))).isEqualTo(PORT);

        adjacencies.forget(adjacency);
        assertThat(disposition(adjacency)).isEqualTo(Disposition.punt(PuntReason.GATEWAY_UNKNOWN));
    }

    @Test
    void shouldPuntWhatIsOnLinkSoThatTheKernelResolvesIt() {
        assertThat(disposition(acquire(ACCESS, 0))).isEqualTo(Disposition.punt(PuntReason.NEIGHBOUR_UNKNOWN));
    }

    @Test
    void shouldTargetTheFarEndOfALink() {
        assertThat(AdjacencyTable.target(table.record(acquire(LINK, GATEWAY)))).isEqualTo(~PEER);
    }

    @Test
    void shouldLeadIntoATunnelWithoutANeighbourAndOffTheFastPath() {
        int adjacency = acquire(TUNNEL, 0);
        assertThat(disposition(adjacency)).isEqualTo(Disposition.FORWARD);
        assertThat(limit(adjacency)).isZero();
        assertThat(AdjacencyTable.encapsulation(table.record(adjacency))).isEqualTo(ENCAPSULATION);
        assertThat(AdjacencyTable.mtu(table.record(adjacency))).isEqualTo(MTU);
    }

    @Test
    void shouldForgetTheEncapsulationWhenAnIndexIsUsedForANeighbour() {
        int adjacency = acquire(TUNNEL, 0);
        adjacencies.release(adjacency);
        assertThat(adjacencies.reclaim(1)).isZero(); // the epoch it went in is not over
        quiescent.advance();
        assertThat(learn(ACCESS, GATEWAY, MAC)).isEqualTo(adjacency);
        assertThat(AdjacencyTable.encapsulation(table.record(adjacency))).isZero();
        assertThat(limit(adjacency)).isEqualTo(MTU);
    }

    @Test
    void shouldFollowTheInterfacesStateAndMtu() {
        int adjacency = learn(ACCESS, GATEWAY, MAC);
        interfaces.setState(ACCESS, InterfaceTable.DOWN);
        adjacencies.interfaceChanged(ACCESS);
        assertThat(disposition(adjacency)).isEqualTo(Disposition.drop(DropReason.EGRESS_DOWN));

        interfaces.setState(ACCESS, InterfaceTable.UP);
        interfaces.setMtu(ACCESS, 900);
        adjacencies.interfaceChanged(ACCESS);
        assertThat(limit(adjacency)).isEqualTo(900);
    }

    @Test
    void shouldLiveAsLongAsSomebodyRefersToItOrItsNeighbourIsKnown() {
        int adjacency = acquire(ACCESS, GATEWAY);
        assertThat(acquire(ACCESS, GATEWAY)).isEqualTo(adjacency);
        adjacencies.release(adjacency);
        assertThat(adjacencies.find(ACCESS, AddressFamily.IPV4, 0, GATEWAY)).isEqualTo(adjacency);
        learn(ACCESS, GATEWAY, MAC);
        adjacencies.release(adjacency);
        assertThat(adjacencies.find(ACCESS, AddressFamily.IPV4, 0, GATEWAY)).isEqualTo(adjacency);
        adjacencies.forget(adjacency);
        assertThat(adjacencies.find(ACCESS, AddressFamily.IPV4, 0, GATEWAY)).isEqualTo(Adjacencies.NONE);
    }

    @Test
    void shouldKeepAnIndexWhileAWorkerMayUseIt() {
        quiescent.online(WORKER);
        int adjacency = acquire(ACCESS, GATEWAY);
        adjacencies.release(adjacency);
        quiescent.advance();
        assertThat(acquire(ACCESS, GATEWAY + 1)).isNotEqualTo(adjacency);
        quiescent.announce(WORKER);
        assertThat(acquire(ACCESS, GATEWAY + 2)).isEqualTo(adjacency);
    }

    @Test
    void shouldDropWhatStillLeadsToAnInterfaceThatIsGone() {
        int adjacency = acquire(ACCESS, GATEWAY);
        learn(ACCESS, GATEWAY, MAC);
        adjacencies.orphan(adjacency);
        assertThat(disposition(adjacency)).isEqualTo(Disposition.drop(DropReason.EGRESS_DOWN));
        assertThat(limit(adjacency)).isZero();
        assertThat(adjacencies.neighbourCount()).isZero();
        assertThat(adjacencies.find(ACCESS, AddressFamily.IPV4, 0, GATEWAY)).isEqualTo(Adjacencies.NONE);
        assertThat(adjacencies.used()).isEqualTo(1);
        adjacencies.release(adjacency);
        quiescent.advance();
        assertThat(adjacencies.reclaim(10)).isEqualTo(1);
        assertThat(adjacencies.used()).isZero();
    }

    @Test
    void shouldKeepAGroupAndItsMembersWhileItIsRetained() {
        NextHopSets sets = new NextHopSets(adjacencies, new NextHopGroups(4), quiescent);
        NextHops hops = new NextHops().add(ACCESS, 0, GATEWAY, 1).add(LINK, 0, GATEWAY, 1);
        int group = sets.acquire(AddressFamily.IPV4, hops, NextHopSets.NONE);
        assertThat(NextHopGroups.isGroup(group)).isTrue();
        sets.retain(group);
        sets.release(group);
        assertThat(adjacencies.find(LINK, AddressFamily.IPV4, 0, GATEWAY)).isNotEqualTo(Adjacencies.NONE);
        sets.release(group);
        assertThat(adjacencies.find(LINK, AddressFamily.IPV4, 0, GATEWAY)).isEqualTo(Adjacencies.NONE);
    }

    private int acquire(NextHopSets sets, NextHops hops) {
        return sets.acquire(AddressFamily.IPV4, hops, NextHopSets.NONE);
    }

    private static NextHops labelled(int interfaceId, int... labels) {
        NextHops hops = new NextHops().add(interfaceId, 0, GATEWAY, 1);
        for (int label : labels) {
            hops.push(label, NextHops.UNIFORM_TTL);
        }
        return hops;
    }

    @Test
    void shouldShareAdjacenciesOfEqualLabelsAndGiveThemBack() {
        NextHopSets sets = new NextHopSets(adjacencies, new NextHopGroups(8), quiescent);
        int first = acquire(sets, labelled(ACCESS, 100, 200));
        assertThat(acquire(sets, labelled(ACCESS, 100, 200))).isEqualTo(first);
        int other = acquire(sets, labelled(ACCESS, 200, 100));
        int plain = acquire(sets, labelled(ACCESS));
        assertThat(other).isNotEqualTo(first);
        assertThat(AdjacencyTable.beneath(table.record(first))).isEqualTo(table.record(plain));
        assertThat(AdjacencyTable.isLabelled(table.record(first))).isTrue();
        assertThat(limit(first)).isZero();
        assertThat(adjacencies.isOnLink(first)).isFalse();
        NextHops described = new NextHops();
        sets.describe(first, 1, described);
        assertThat(described).isEqualTo(labelled(ACCESS, 100, 200));

        assertThat(learn(ACCESS, GATEWAY, MAC)).isEqualTo(plain);
        adjacencies.forget(plain);
        for (int adjacency : new int[] {first, first, other, plain}) {
            sets.release(adjacency);
        }
        quiescent.advance();
        adjacencies.reclaim(10);
        assertThat(adjacencies.used()).isZero();
    }

    @Test
    void shouldOrphanThoseWithLabelsInWhateverOrder() {
        NextHopSets sets = new NextHopSets(adjacencies, new NextHopGroups(8), quiescent);
        int first = acquire(sets, labelled(ACCESS, 100));
        int plain = adjacencies.find(ACCESS, AddressFamily.IPV4, 0, GATEWAY);
        adjacencies.orphan(plain);
        adjacencies.orphan(first);
        assertThat(adjacencies.anyOf(ACCESS)).isEqualTo(Adjacencies.NONE);
        assertThat(disposition(first)).isEqualTo(Disposition.drop(DropReason.EGRESS_DOWN));
        assertThat(acquire(sets, labelled(ACCESS, 100))).isNotEqualTo(first);
        sets.release(first);
        adjacencies.orphan(adjacencies.anyOf(ACCESS));
        adjacencies.orphan(adjacencies.anyOf(ACCESS));
        sets.release(adjacencies.end() - 1);
        quiescent.advance();
        adjacencies.reclaim(10);
        assertThat(adjacencies.used()).isZero();
    }
}
