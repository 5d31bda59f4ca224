package io.vireo.control.node.routing;

import io.vireo.control.model.Routing.Speaker;
import io.vireo.control.node.routing.suite.Daemon;
import io.vireo.control.node.routing.suite.FileOwner;
import io.vireo.control.node.routing.suite.Observation;
import io.vireo.control.node.routing.suite.RoutingSuite;
import io.vireo.control.node.routing.suite.Workspace;
import io.vireo.control.node.topology.RouterPlan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A program of the customer's own: it changes routes and opens raw sockets in its namespace, and is nobody beyond it. */
final class OwnProgram implements RoutingSuite {
    private static final String NAME = "daemon";
    private static final String CAPABILITIES = "+net_admin,+net_raw,+net_bind_service";
    private static final FileOwner OWNER = new FileOwner("nobody", "nogroup");

    @Override
    public FileOwner owner() {
        return OWNER;
    }

    @Override
    public List<Daemon> daemons(RouterPlan router, Workspace workspace) {
        if (!(Objects.requireNonNull(router.routing()).speaker() instanceof Speaker.Own own)) {
            throw new IllegalArgumentException(router.key() + " has no program of its own");
        }
        List<String> command = new ArrayList<>(List.of(
                "setpriv",
                "--no-new-privs",
                "--reuid=" + OWNER.user(),
                "--regid=" + OWNER.group(),
                "--clear-groups",
                "--bounding-set=-all," + CAPABILITIES,
                "--inh-caps=-all," + CAPABILITIES,
                "--ambient-caps=-all," + CAPABILITIES));
        command.addAll(own.command());
        return List.of(new Daemon(NAME, command, String.join("\n", own.command()), List.of(), List.of()));
    }

    /** Its command is all that there is of a configuration. */
    @Override
    public void change(Workspace workspace, Daemon daemon, String from) throws IOException {
        throw new IOException("it has another command");
    }

    @Override
    public Observation observe(RouterPlan router, Workspace workspace) {
        return Observation.NONE;
    }
}
