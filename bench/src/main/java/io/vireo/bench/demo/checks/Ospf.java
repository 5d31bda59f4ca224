package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.DemoNode;
import io.vireo.bench.demo.lab.FrrDaemons;
import io.vireo.bench.demo.lab.Host;
import io.vireo.bench.demo.lab.Lab;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.RouterTraffic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An unmodified FRR in the virtual router's namespace learns a prefix from a real FRR neighbour; the data plane itself
 * then holds the prefix, and packets to it are forwarded there, not by the kernel: the data plane's counters grow by them
 * and its punt counter does not.
 */
public final class Ospf implements DemoCheck {
    private static final Duration LEARN_DEADLINE = Duration.ofSeconds(30);
    private static final int PINGS = 100;

    /** ARP, OSPF hellos and acknowledgements go to the kernel meanwhile; pings must not. */
    private static final int MAX_PUNTS = PINGS / 4;

    private final DemoNode node;
    private final Lab lab;
    private final Host from;
    private final Host neighbour;
    private final String prefix;
    private final String address;

    /**
     * @param neighbour the host on interface {@code n1} of blue/r1 that runs FRR
     * @param prefix what it announces
     * @param address an address in it that answers
     */
    public Ospf(DemoNode node, Lab lab, Host from, Host neighbour, String prefix, String address) {
        this.node = node;
        this.lab = lab;
        this.from = from;
        this.neighbour = neighbour;
        this.prefix = prefix;
        this.address = address;
    }

    @Override
    public String claim() {
        return "blue: OSPF from an FRR neighbour reaches the fast path";
    }

    @Override
    public Outcome measure() throws InterruptedException {
        neighbour.addLoopbackAddress(address + "/32");
        FrrDaemons ours = new FrrDaemons(lab, node.namespaceOf("blue", "r1"));
        FrrDaemons theirs = new FrrDaemons(lab, neighbour.namespace());
        long startedNs = System.nanoTime();
        ours.start(ospf("n1", "10.0.3.1", List.of()));
        theirs.start(ospf("eth0", "10.0.3.2", List.of("interface lo", " ip ospf area 0")));
        if (!DemoNode.await(LEARN_DEADLINE, () -> node.holdsRoute("blue/r1", prefix))) {
            return Outcome.of(false, prefix + " is not in the data plane after " + LEARN_DEADLINE.toSeconds() + " s");
        }
        double learnedSeconds = (System.nanoTime() - startedNs) / 1e9;
        return forward(learnedSeconds);
    }

    private Outcome forward(double learnedSeconds) {
        RouterTraffic before = node.traffic("blue", "r1");
        boolean answered = from.command(
                        "ping", "-n", "-q", "-c", Integer.toString(PINGS), "-i", "0.01", "-W", "2", address)
                .run()
                .text()
                .contains(" 0% packet loss");
        RouterTraffic during = node.traffic("blue", "r1").minus(before);
        // Each ping is forwarded twice: the request and its answer.
        boolean fast = during.sentPackets() >= 2 * PINGS && during.puntedPackets() <= MAX_PUNTS;
        return Outcome.of(
                answered && fast,
                "%s in the data plane after %.1f s; %d pings: %s, %d packets forwarded, %d punted"
                        .formatted(
                                prefix,
                                learnedSeconds,
                                PINGS,
                                answered ? "all answered" : "NOT all answered",
                                during.sentPackets(),
                                during.puntedPackets()));
    }

    private static List<String> ospf(String networkInterface, String routerId, List<String> more) {
        List<String> lines = new ArrayList<>(List.of(
                "log stdout",
                "interface " + networkInterface,
                " ip ospf network point-to-point",
                " ip ospf hello-interval 1",
                " ip ospf dead-interval 4",
                " ip ospf area 0"));
        lines.addAll(more);
        lines.addAll(List.of(
                "router ospf",
                " ospf router-id " + routerId,
                " timers throttle lsa all 0",
                " timers lsa min-arrival 0"));
        return lines;
    }
}
