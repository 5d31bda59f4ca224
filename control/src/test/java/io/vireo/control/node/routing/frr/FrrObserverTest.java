package io.vireo.control.node.routing.frr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.vireo.control.view.RoutingStatus.Learned;
import io.vireo.control.view.RoutingStatus.Neighbour;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Answers of frr 8.4.4, shortened. */
class FrrObserverTest {
    private static final String OSPF = """
        {"neighbors":{"192.0.2.2":[{"priority":1,"state":"Full/-","nbrPriority":1,"nbrState":"Full/-","ifaceAddress":"10.0.0.2",
         "ifaceName":"east:10.0.0.1"},{"nbrState":"ExStart/-","ifaceAddress":"10.0.1.2","ifaceName":"west:10.0.1.1"}]}}
        """;
    private static final String OSPF6 = """
        {"neighbors":[{"neighborId":"192.0.2.2","priority":1,"state":"Full","ifState":"PointToPoint","interfaceName":"east"}]}
        """;
    private static final String BGP = """
        {"ipv4Unicast":{"routerId":"1.1.1.1","peers":{"10.8.0.2":{"remoteAs":65002,"pfxRcd":3,"state":"Established"}}},
         "ipv6Unicast":{"peers":{"2001:db8::2":{"state":"Connect"}}}}
        """;
    private static final String BFD = """
        [{"multihop":false,"peer":"10.0.0.2","local":"10.0.0.1","interface":"east","status":"up"},{"peer":"10.0.1.2","status":"down"}]
        """;
    private static final String RIP = """
        Routing Protocol is "rip"
          Sending updates every 5 seconds with +/-50%, next due in 1 seconds
          Routing Information Sources:
            Gateway          BadPackets BadRoutes  Distance Last Update
            10.0.0.2                 0         0       120   00:00:03
          Distance: (default is 120)
        """;
    private static final String ROUTES = """
        {"routes":[{"fib":2,"rib":2,"type":"connected"},{"fib":1,"rib":3,"type":"ospf"},{"fib":1,"rib":1,"type":"kernel"}],"routesTotal":6}
        """;

    @Test
    void shouldReadNeighbours() {
        assertThat(FrrObserver.ospf(OSPF))
                .containsExactly(
                        new Neighbour("ospf", "10.0.0.2", "east", "Full/-", true),
                        new Neighbour("ospf", "10.0.1.2", "west", "ExStart/-", false));
        assertThat(FrrObserver.ospf6(OSPF6)).containsExactly(new Neighbour("ospf6", "192.0.2.2", "east", "Full", true));
        assertThat(FrrObserver.bgp(BGP))
                .containsExactly(
                        new Neighbour("bgp", "10.8.0.2", "", "Established", true),
                        new Neighbour("bgp", "2001:db8::2", "", "Connect", false));
        assertThat(FrrObserver.bfd(BFD))
                .containsExactly(
                        new Neighbour("bfd", "10.0.0.2", "east", "up", true),
                        new Neighbour("bfd", "10.0.1.2", "", "down", false));
        assertThat(FrrObserver.rip("rip", RIP))
                .containsExactly(new Neighbour("rip", "10.0.0.2", "", "sends updates", true));
    }

    @Test
    void shouldCountWhatProtocolsHaveBrought() {
        assertThat(FrrObserver.routes("ipv4", ROUTES)).containsExactly(new Learned("ospf", "ipv4", 3, 1));
    }

    /** A daemon may be of another version, or end while it answers. */
    @Test
    void shouldNotFailWhateverADaemonSays() {
        Random random = new Random(3);
        List<String> answers = List.of(OSPF, OSPF6, BGP, BFD, RIP, ROUTES, "", "[]", "null", "{\"neighbors\":7}");
        for (int n = 0; n < 5_000; n++) {
            StringBuilder answer = new StringBuilder(answers.get(n % answers.size()));
            for (int change = 0; change < random.nextInt(5) && !answer.isEmpty(); change++) {
                int at = random.nextInt(answer.length());
                switch (random.nextInt(3)) {
                    case 0 -> answer.setLength(at);
                    case 1 -> answer.deleteCharAt(at);
                    default -> answer.setCharAt(at, "{}[]\",:0a \n".charAt(random.nextInt(11)));
                }
            }
            String said = answer.toString();
            assertThatCode(() -> {
                        FrrObserver.ospf(said);
                        FrrObserver.ospf6(said);
                        FrrObserver.bgp(said);
                        FrrObserver.bfd(said);
                        FrrObserver.rip("rip", said);
                        FrrObserver.routes("ipv4", said);
                    })
                    .as(said)
                    .doesNotThrowAnyException();
        }
    }
}
