package io.vireo.control.node.routing;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Problem;
import io.vireo.control.model.Router;
import io.vireo.control.model.Routing;
import io.vireo.control.model.Routing.BgpNeighbor;
import io.vireo.control.model.Routing.Speaker;
import io.vireo.control.node.routing.frr.FrrPackage;
import io.vireo.control.node.routing.frr.PasswordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds routing that this machine cannot do: programs that are not installed, files that cannot be used. */
public final class RoutingPreflight {
    private final List<Problem> problems = new ArrayList<>();

    private RoutingPreflight() {}

    /** With what is installed now. */
    public static List<Problem> check(Configuration configuration) {
        RoutingPreflight preflight = new RoutingPreflight();
        for (int i = 0; i < configuration.vpns().size(); i++) {
            List<Router> routers = configuration.vpns().get(i).routers();
            for (int j = 0; j < routers.size(); j++) {
                Routing routing = routers.get(j).routing();
                if (routing != null) {
                    preflight.check(routing, "vpns[" + i + "].routers[" + j + "].routing.");
                }
            }
        }
        return preflight.problems;
    }

    private void check(Routing routing, String path) {
        switch (routing.speaker()) {
            case Speaker.None _ -> {}
            case Speaker.Own own -> {
                Path program = Path.of(own.command().getFirst());
                if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
                    problems.add(Problem.at(path + "daemon.command", program + " is not a program of this machine"));
                }
            }
            case Speaker.Ospf _, Speaker.Rip _ -> checkFrr(routing, path);
            case Speaker.Bgp bgp -> {
                checkFrr(routing, path);
                checkPasswords(bgp, path);
            }
        }
    }

    private void checkFrr(Routing routing, String path) {
        List<String> missing = FrrPackage.missing(routing);
        if (!missing.isEmpty()) {
            problems.add(Problem.at(
                    path + "protocol",
                    "needs FRR, of which is missing: " + String.join(" ", missing) + "; apt-get install "
                            + FrrPackage.NAME));
        }
    }

    private void checkPasswords(Speaker.Bgp bgp, String path) {
        for (int k = 0; k < bgp.neighbors().size(); k++) {
            BgpNeighbor neighbor = bgp.neighbors().get(k);
            if (neighbor.passwordFile() != null) {
                try {
                    PasswordFile.read(neighbor.passwordFile());
                } catch (IOException e) {
                    problems.add(
                            Problem.at(path + "neighbors[" + k + "].passwordFile", String.valueOf(e.getMessage())));
                }
            }
        }
    }
}
