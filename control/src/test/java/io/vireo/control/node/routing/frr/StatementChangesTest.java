package io.vireo.control.node.routing.frr;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.node.routing.frr.Statements.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatementChangesTest {
    private static final List<String> EAST = List.of("interface east");
    private static final List<String> OSPF = List.of("router ospf");
    private static final List<String> BGP = List.of("router bgp 1");
    private static final List<String> BGP_IPV4 = List.of("router bgp 1", "address-family ipv4 unicast");

    @Test
    void shouldReadWhatItWrites() {
        Random random = new Random(7);
        for (int n = 0; n < 500; n++) {
            Statements statements = random(random);
            Statements read = Statements.parse(statements.text());
            assertThat(read.all()).containsExactlyElementsOf(statements.all());
            assertThat(read.text()).isEqualTo(statements.text());
            assertThat(StatementChanges.between(read, statements)).isEmpty();
        }
    }

    private static Statements random(Random random) {
        Statements statements = new Statements();
        List<List<String>> paths = List.of(EAST, List.of("interface west"), OSPF, BGP, BGP_IPV4);
        for (List<String> path : paths) {
            for (int line = 0; line < random.nextInt(4); line++) {
                statements.add(path, "line " + random.nextInt(10));
            }
        }
        return statements;
    }

    @Test
    void shouldTakeBackWhatGoesFromTheEndAndSayWhatComes() {
        Statements from = new Statements()
                .add(EAST, "ip ospf area 0.0.0.0")
                .add(EAST, "ip ospf bfd")
                .add(OSPF, "redistribute connected");
        Statements to = new Statements()
                .add(EAST, "ip ospf area 0.0.0.1")
                .add(EAST, "ip ospf passive")
                .add(OSPF, "redistribute connected")
                .add(OSPF, "redistribute kernel");
        assertThat(StatementChanges.between(from, to))
                .containsExactly(
                        new Statement(EAST, "no ip ospf bfd"),
                        new Statement(EAST, "no ip ospf area 0.0.0.0"),
                        new Statement(EAST, "ip ospf area 0.0.0.1"),
                        new Statement(EAST, "ip ospf passive"),
                        new Statement(OSPF, "redistribute kernel"));
    }

    /** To take a neighbour's number back would take the neighbour with it. */
    @Test
    void shouldSayAnotherValueAnew() {
        Statements from = new Statements()
                .add(EAST, "ip ospf cost 10")
                .add(OSPF, "timers basic 5 15 10")
                .add(BGP, "neighbor 10.0.0.2 remote-as 2")
                .add(BGP, "neighbor 10.0.0.2 password a")
                .add(BGP, "neighbor 10.0.0.2 bfd");
        Statements to = new Statements()
                .add(EAST, "ip ospf cost 20")
                .add(OSPF, "timers basic 6 20 10")
                .add(BGP, "neighbor 10.0.0.2 remote-as 3")
                .add(BGP, "neighbor 10.0.0.2 password b");
        assertThat(StatementChanges.between(from, to))
                .containsExactly(
                        new Statement(BGP, "no neighbor 10.0.0.2 bfd"),
                        new Statement(EAST, "ip ospf cost 20"),
                        new Statement(OSPF, "timers basic 6 20 10"),
                        new Statement(BGP, "neighbor 10.0.0.2 remote-as 3"),
                        new Statement(BGP, "neighbor 10.0.0.2 password b"));
    }

    @Test
    void shouldTakeABlockBackAsAWholeButAnInterfaceLineByLine() {
        Statements from = new Statements()
                .add(EAST, "ip ospf area 0.0.0.0")
                .add(BGP, "no bgp ebgp-requires-policy")
                .add(BGP_IPV4, "network 10.0.0.0/8");
        Statements to = new Statements().add(List.of("router bgp 2"), "bgp router-id 1.1.1.1");
        assertThat(StatementChanges.between(from, to))
                .containsExactly(
                        new Statement(List.of(), "no router bgp 1"),
                        new Statement(EAST, "no ip ospf area 0.0.0.0"),
                        new Statement(List.of("router bgp 2"), "bgp router-id 1.1.1.1"));
    }

    @Test
    void shouldBeginAnewForAnotherRouterIdOfOspfOnly() {
        List<Statement> ospf = new ArrayList<>(StatementChanges.between(
                new Statements().add(OSPF, "ospf router-id 1.1.1.1"),
                new Statements().add(OSPF, "ospf router-id 2.2.2.2")));
        assertThat(StatementChanges.needsRestart(ospf)).isTrue();
        assertThat(StatementChanges.needsRestart(List.of(new Statement(BGP, "bgp router-id 2.2.2.2"))))
                .isFalse();
    }
}
