package io.vireo.control.node.routing.frr;

import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.Routing;
import io.vireo.control.model.Routing.BgpNeighbor;
import io.vireo.control.model.Routing.Speaker;
import io.vireo.control.node.routing.frr.Statements.Statement;
import io.vireo.control.node.routing.suite.Daemon;
import io.vireo.control.node.routing.suite.FileOwner;
import io.vireo.control.node.routing.suite.Observation;
import io.vireo.control.node.routing.suite.RoutingSuite;
import io.vireo.control.node.routing.suite.Workspace;
import io.vireo.control.node.topology.RouterPlan;
import io.vireo.control.view.RoutingStatus.Learned;
import io.vireo.control.view.RoutingStatus.Neighbour;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** FRR 8.4 or later, unmodified. */
public final class Frr implements RoutingSuite {
    private static final Logger LOG = System.getLogger(Frr.class.getName());

    /** The user that FRR's package makes. */
    private static final FileOwner OWNER = new FileOwner("frr", "frr");

    /** Seconds that zebra leaves the routes of an earlier life where they are: their daemons have said them again by then. */
    private static final int SWEEP_SECONDS = 30;

    @Override
    public FileOwner owner() {
        return OWNER;
    }

    @Override
    public List<Daemon> daemons(RouterPlan router, Workspace workspace) throws IOException {
        Routing routing = Objects.requireNonNull(router.routing());
        FrrConfiguration configuration = new FrrConfiguration(router, passwords(routing));
        List<Daemon> daemons = new ArrayList<>();
        for (FrrDaemon each : needed(routing)) {
            daemons.add(daemon(each, configuration, workspace));
        }
        return daemons;
    }

    /** FRR's programs that a router needs, zebra first. */
    static List<FrrDaemon> needed(Routing routing) {
        List<FrrDaemon> needed = new ArrayList<>(List.of(FrrDaemon.ZEBRA));
        if (routing.bfd()) {
            needed.add(FrrDaemon.BFDD);
        }
        boolean ipv4 = routing.families().contains(AddressFamily.IPV4);
        boolean ipv6 = routing.families().contains(AddressFamily.IPV6);
        switch (routing.speaker()) {
            case Speaker.Ospf _ -> addEach(needed, ipv4, FrrDaemon.OSPFD, ipv6, FrrDaemon.OSPF6D);
            case Speaker.Rip _ -> addEach(needed, ipv4, FrrDaemon.RIPD, ipv6, FrrDaemon.RIPNGD);
            case Speaker.Bgp _ -> needed.add(FrrDaemon.BGPD);
            case Speaker.None _, Speaker.Own _ -> throw new IllegalArgumentException("FRR has nothing to do here");
        }
        return needed;
    }

    private static void addEach(
            List<FrrDaemon> needed, boolean ipv4, FrrDaemon ofIpv4, boolean ipv6, FrrDaemon ofIpv6) {
        if (ipv4) {
            needed.add(ofIpv4);
        }
        if (ipv6) {
            needed.add(ofIpv6);
        }
    }

    private static Daemon daemon(FrrDaemon daemon, FrrConfiguration configuration, Workspace workspace) {
        String name = daemon.programName();
        Path zebra = workspace.run().resolve("zserv.api");
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--no-new-privs",
                "--bounding-set=" + daemon.boundingSet(),
                daemon.program().toString(),
                "-f",
                workspace.configuration(name).toString(),
                "-i",
                workspace.run().resolve(name + ".pid").toString(),
                "-z",
                zebra.toString(),
                "--vty_socket",
                workspace.run().toString(),
                "-P",
                "0",
                "--log",
                "stdout",
                "--log-level",
                "informational"));
        if (daemon == FrrDaemon.ZEBRA) {
            command.addAll(List.of("-K", Integer.toString(SWEEP_SECONDS)));
        }
        if (daemon == FrrDaemon.BFDD) {
            command.addAll(
                    List.of("--bfdctl", workspace.run().resolve("bfdd.sock").toString()));
        }
        boolean isZebra = daemon == FrrDaemon.ZEBRA;
        Path terminal = terminal(workspace, name);
        return new Daemon(
                name,
                command,
                configuration.of(daemon).text(),
                isZebra ? List.of() : List.of(zebra),
                isZebra ? List.of(zebra, terminal) : List.of(terminal));
    }

    private static Path terminal(Workspace workspace, String daemon) {
        return workspace.run().resolve(daemon + ".vty");
    }

    private static Map<Path, String> passwords(Routing routing) throws IOException {
        Map<Path, String> passwords = new HashMap<>();
        if (routing.speaker() instanceof Speaker.Bgp bgp) {
            for (BgpNeighbor each : bgp.neighbors()) {
                if (each.passwordFile() != null) {
                    passwords.put(each.passwordFile(), PasswordFile.read(each.passwordFile()));
                }
            }
        }
        return passwords;
    }

    @Override
    public void change(Workspace workspace, Daemon daemon, String from) throws IOException {
        List<Statement> changes =
                StatementChanges.between(Statements.parse(from), Statements.parse(daemon.configuration()));
        if (StatementChanges.needsRestart(changes)) {
            throw new IOException("it takes another router-id only as it begins");
        }
        try (VtyClient vty = new VtyClient(terminal(workspace, daemon.name()))) {
            for (Statement each : changes) {
                vty.call("configure terminal");
                for (String block : each.path()) {
                    vty.call(block);
                }
                say(vty, each.line());
                vty.call("end");
            }
        }
    }

    private static void say(VtyClient vty, String line) throws IOException {
        try {
            vty.call(line);
        } catch (IOException e) {
            // The reason is for logs and events, and a daemon repeats what was said to it.
            throw line.contains(" password ") ? new IOException("a neighbour's password is not taken") : e;
        }
    }

    @Override
    public Observation observe(RouterPlan router, Workspace workspace) {
        List<Neighbour> neighbours = new ArrayList<>();
        List<Learned> routes = new ArrayList<>();
        for (FrrDaemon each : needed(Objects.requireNonNull(router.routing()))) {
            try (VtyClient vty = new VtyClient(terminal(workspace, each.programName()))) {
                switch (each) {
                    case ZEBRA -> {
                        routes.addAll(FrrObserver.routes("ipv4", vty.call("show ip route summary json")));
                        routes.addAll(FrrObserver.routes("ipv6", vty.call("show ipv6 route summary json")));
                    }
                    case BFDD -> neighbours.addAll(FrrObserver.bfd(vty.call("show bfd peers json")));
                    case OSPFD -> neighbours.addAll(FrrObserver.ospf(vty.call("show ip ospf neighbor json")));
                    case OSPF6D -> neighbours.addAll(FrrObserver.ospf6(vty.call("show ipv6 ospf6 neighbor json")));
                    case RIPD -> neighbours.addAll(FrrObserver.rip("rip", vty.call("show ip rip status")));
                    case RIPNGD -> neighbours.addAll(FrrObserver.rip("ripng", vty.call("show ipv6 ripng status")));
                    case BGPD -> neighbours.addAll(FrrObserver.bgp(vty.call("show bgp summary json")));
                }
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "{0} of {1} says nothing: {2}", each, router.key(), e.getMessage());
            }
        }
        return new Observation(neighbours, routes);
    }
}
