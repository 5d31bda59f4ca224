package io.vireo.control.node.mirror;

import io.vireo.control.model.IpPrefix;
import io.vireo.control.node.forwarding.AbsentForwardingPlane;
import io.vireo.control.node.forwarding.ForwardingPlane;
import io.vireo.control.node.forwarding.ForwardingRoute;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Programs the routes of one virtual router into the data plane there is. Only the node agent's thread uses it. */
public final class RouteProgram {
    private final int routerId;
    private final PuntedPrefixes punted = new PuntedPrefixes();
    private final Set<IpPrefix> touched = new HashSet<>();
    private final LabelledNeighbours labelled = new LabelledNeighbours();
    private ForwardingPlane tables;
    private boolean tracks;

    RouteProgram(int routerId, ForwardingPlane tables) {
        this.routerId = routerId;
        this.tables = tables;
    }

    /** Another data plane from now on. */
    void program(ForwardingPlane newTables) {
        tables = newTables;
    }

    /** Whether there is no data plane; the next one gets everything ({@link RouteMirror#replay}). */
    boolean isAbsent() {
        return tables == AbsentForwardingPlane.INSTANCE;
    }

    /** What of it is left to Linux for a limitation. */
    PuntedPrefixes punted() {
        return punted;
    }

    /** Programs what has been decided about a prefix, if it is something else; returns how many routes that changed. */
    int update(IpPrefix prefix, RouteDecision before, RouteDecision after) {
        if (before.isSameRoute(after)) {
            punted.put(prefix, after.cause());
            return 0;
        }
        put(prefix, after);
        return 1;
    }

    /** Programs what has been decided about a prefix. */
    void put(IpPrefix prefix, RouteDecision decision) {
        punted.put(prefix, decision.cause());
        if (tracks) {
            touched.add(prefix);
        }
        write(prefix, decision.route());
    }

    /** Makes the data plane have a route of a prefix, or none. */
    public void write(IpPrefix prefix, @Nullable ForwardingRoute route) {
        labelled.note(prefix, route);
        if (route == null) {
            tables.removeRoute(routerId, prefix);
        } else {
            tables.addRoute(routerId, prefix, route);
        }
    }

    /** The neighbours to which packets leave with labels. */
    Set<LabelledNeighbours.Neighbour> labelledNeighbours() {
        return labelled.all();
    }

    void beginTracking() {
        endTracking();
        tracks = true;
    }

    void endTracking() {
        tracks = false;
        touched.clear();
    }

    /** Whether the route of a prefix has changed since {@link #beginTracking}. */
    public boolean isTouched(IpPrefix prefix) {
        return touched.contains(prefix);
    }
}
