package io.vireo.control.model.attachment.tunnel;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Attachment.FarEnd;
import io.vireo.control.model.Interface;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.Limits;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.dataplane.wire.code.Encapsulation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks what every tunnel needs, whatever its encapsulation. Problems name the fields that hold it. */
final class TunnelChecks {
    private static final String SUBSTRATE_LINK = "link";

    private final Attachment.Tunnel tunnel;
    private final EncapsulationFeature encapsulation;
    private final InterfaceChecks checks;

    TunnelChecks(Attachment.Tunnel tunnel, EncapsulationFeature encapsulation, InterfaceChecks checks) {
        this.tunnel = tunnel;
        this.encapsulation = encapsulation;
        this.checks = checks;
    }

    /** Two tunnels with the same ends, and no keys to distinguish them, would receive the same packets. */
    void checkUnique() {
        record Ends(
                Encapsulation encapsulation,
                @Nullable Object key,
                RouterPath underlay,
                IpAddress local,
                IpAddress remote) {}
        TunnelKey key = encapsulation.key();
        Ends ends = new Ends(
                encapsulation.code(),
                key == null ? null : key.value(),
                tunnel.underlay(),
                tunnel.local(),
                tunnel.remote());
        if (key == null) {
            checks.once(
                    ends,
                    tunnel,
                    TunnelReader.REMOTE,
                    "is, with the same underlay and local address, the far end of another tunnel");
        } else {
            checks.once(
                    ends, tunnel, key.field(), "is, with the same underlay and addresses, the key of another tunnel");
        }
    }

    void checkReferences(RouterPath router) {
        checkRemote();
        List<Interface> underlay = checks.interfacesOf(tunnel.underlay());
        if (underlay == null) {
            problem(TunnelReader.UNDERLAY, "is not a router of this node");
        } else if (tunnel.underlay().equals(router)) {
            problem(TunnelReader.UNDERLAY, "is the router that the tunnel is an interface of");
        } else if (leadsTo(router)) {
            problem(TunnelReader.UNDERLAY, "has itself tunnels that lead back to " + router);
        } else if (isTooDeep()) {
            problem(
                    TunnelReader.UNDERLAY,
                    "may itself be reached through tunnels: more than " + Limits.MAX_NESTED_TUNNELS
                            + " within each other");
        } else if (underlay.stream()
                .flatMap(face -> face.addresses().stream())
                .noneMatch(address -> address.address().equals(tunnel.local()))) {
            problem(TunnelReader.LOCAL, "is not an address of router " + tunnel.underlay());
        }
    }

    private void checkRemote() {
        IpAddress remote = tunnel.remote();
        if (remote.family() != tunnel.local().family()) {
            problem(TunnelReader.REMOTE, "is not of the same family as the local address " + tunnel.local());
        } else if (remote.equals(tunnel.local())) {
            problem(TunnelReader.REMOTE, "is the local address");
        } else if (remote.isMulticast() || remote.isUnspecified() || remote.isLoopback()) {
            problem(TunnelReader.REMOTE, "is not the address of another router");
        }
    }

    /** Where the tunnel does not say its ends, the field is that of what does. */
    private void problem(String field, String reason) {
        if (!encapsulation.saysItsEnds()) {
            checks.problem(tunnel, SUBSTRATE_LINK, "has a field '" + field + "' that " + reason);
        } else {
            checks.problem(tunnel, field, reason);
        }
    }

    /** A class of a port by which no router underneath sends would never have a packet. */
    void checkSchedulingPort(Scheduling scheduling) {
        String port = scheduling.port();
        boolean isUnderneath = port == null
                || checks.port(port) == null // a problem that the check of classes reports
                || routersUnderneath().stream()
                        .flatMap(path ->
                                Objects.requireNonNullElse(checks.interfacesOf(path), List.<Interface>of()).stream())
                        .anyMatch(each -> port.equals(each.attachment().port()));
        if (!isUnderneath) {
            checks.problem(
                    scheduling,
                    "port",
                    "is not a port of the underlay " + tunnel.underlay() + " or of what carries that");
        }
    }

    /** Whether what the tunnel sends could be wrapped too often: each set of routers are the underlays of the one before. */
    private boolean isTooDeep() {
        Set<RouterPath> underlays = Set.of(tunnel.underlay());
        for (int depth = 1; depth <= Limits.MAX_NESTED_TUNNELS; depth++) {
            underlays = underlays.stream()
                    .map(checks::interfacesOf)
                    .filter(Objects::nonNull)
                    .flatMap(List::stream)
                    .map(each -> each.attachment().farEnd())
                    .filter(Objects::nonNull)
                    .map(FarEnd::underlay)
                    .collect(Collectors.toSet());
        }
        return !underlays.isEmpty();
    }

    /** Whether packets of the underlay could be wrapped for {@code router}, by tunnels in tunnels. */
    private boolean leadsTo(RouterPath router) {
        return routersUnderneath().contains(router);
    }

    /** The underlay, and the underlays of its tunnels, and so on. */
    private Set<RouterPath> routersUnderneath() {
        Set<RouterPath> visited = new LinkedHashSet<>();
        Deque<RouterPath> next = new ArrayDeque<>(List.of(tunnel.underlay()));
        while (!next.isEmpty()) {
            RouterPath path = next.remove();
            List<Interface> interfaces = checks.interfacesOf(path);
            if (visited.add(path) && interfaces != null) {
                for (Interface face : interfaces) {
                    FarEnd farEnd = face.attachment().farEnd();
                    if (farEnd != null) {
                        next.add(farEnd.underlay());
                    }
                }
            }
        }
        return visited;
    }
}
