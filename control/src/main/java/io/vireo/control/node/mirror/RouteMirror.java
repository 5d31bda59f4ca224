package io.vireo.control.node.mirror;

import io.vireo.control.linux.netlink.NextHopObject;
import io.vireo.control.linux.netlink.RouteMessage;
import io.vireo.control.linux.netlink.RoutePlacement;
import io.vireo.control.linux.netlink.RuleMessage;
import io.vireo.control.model.AddressFamily;
import io.vireo.control.model.IpAddress;
import io.vireo.control.model.IpPrefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The kernel's routes of one virtual router and what is decided about them: takes in what has changed, and programs what
 * follows from it. Part of {@link RouteSync}; only the node agent's thread uses it.
 */
final class RouteMirror {
    private final RouteResolver resolver;
    private final RouteProgram program;
    private final Set<Integer> changedNextHops = new HashSet<>();
    private KernelRouteTable routes = new KernelRouteTable();

    RouteMirror(RouteResolver resolver, RouteProgram program) {
        this.resolver = resolver;
        this.program = program;
    }

    KernelRouteTable routes() {
        return routes;
    }

    RouteDecision decide(IpPrefix prefix) {
        return resolver.decide(prefix, routes.get(prefix));
    }

    /** The longest prefix around an address that the data plane should have a route for, or null. */
    @Nullable
    IpPrefix longestMatch(IpAddress address) {
        for (int length = address.family().bits(); length >= 0; length--) {
            IpPrefix prefix = IpPrefix.containing(address, length);
            if (decide(prefix).route() != null) {
                return prefix;
            }
        }
        return null;
    }

    /** Each prefix about which anything but "no route" is decided. */
    void forEachDecision(BiConsumer<IpPrefix, RouteDecision> consumer) {
        forEach((prefix, candidates) -> {
            RouteDecision decision = resolver.decide(prefix, candidates);
            if (decision.route() != null) {
                consumer.accept(prefix, decision);
            }
        });
    }

    /** What is left to Linux because the data plane cannot do it: a text for each cause. */
    List<String> limitations() {
        List<String> texts = new ArrayList<>(2);
        for (AddressFamily family : AddressFamily.values()) {
            PolicyRules rules = resolver.rules(family);
            if (!rules.text().isEmpty()) {
                texts.add(rules.text() + ": they are left to Linux, at the punt rate");
            }
        }
        texts.addAll(program.punted().texts());
        texts.addAll(resolver.labelled().limitations(routes));
        return texts;
    }

    /** Programs the routes of some prefixes again. */
    void reprogram(Set<IpPrefix> prefixes) {
        prefixes.forEach(prefix -> reprogram(prefix, decide(prefix)));
    }

    /** A route was notified; returns whether it is certain what the kernel has now. */
    boolean add(RouteMessage message, RoutePlacement placement) {
        IpPrefix prefix = message.prefix();
        noticeTable(message.table());
        return change(
                prefix, RouteOrder.of(prefix.family()).added(routes.get(prefix), KernelRoute.of(message), placement));
    }

    /** As {@link #add}, of a route that is gone. */
    boolean remove(RouteMessage message) {
        IpPrefix prefix = message.prefix();
        return change(prefix, RouteOrder.of(prefix.family()).removed(routes.get(prefix), KernelRoute.of(message)));
    }

    private boolean change(IpPrefix prefix, RouteUpdate update) {
        RouteCandidates known = routes.get(prefix);
        RouteDecision before = resolver.decide(prefix, known);
        // What an object meant when the route was programmed is not known any more.
        boolean isStale = !changedNextHops.isEmpty() && uses(known, changedNextHops);
        routes.put(prefix, update.candidates());
        if (resolver.wide().update(prefix, update.candidates())) {
            reprogram((other, candidates) -> prefix.contains(other.network()));
        }
        noticeOwn(prefix, update.candidates());
        forgetOwn(prefix);
        RouteDecision after = resolver.decide(prefix, update.candidates());
        if (isStale) {
            program.put(prefix, after);
        } else {
            program.update(prefix, before, after);
        }
        return update.isCertain();
    }

    /** The routes were read anew; returns how many decisions differ from those before. */
    int replace(KernelRouteTable fresh) {
        KernelRouteTable known = routes;
        replaceWide(fresh);
        routes = fresh;
        if (resolver.own().forget(this::isPast)) {
            resolver.forget();
        }
        if (known.size() == 0 && program.isAbsent()) {
            return fresh.size(); // at control's start: the replay that follows decides, seconds of a full table
        }
        if (program.punted().isFull()) { // some had been forgotten
            program.punted().clear();
            forEachDecision((prefix, decision) -> program.punted().put(prefix, decision.cause()));
        }
        int[] differences = new int[1];
        known.forEachDifference(
                fresh,
                (prefix, before, after) -> differences[0] +=
                        program.update(prefix, resolver.decide(prefix, before), resolver.decide(prefix, after)));
        return differences[0];
    }

    /** Only routes of other tables than main make a prefix wide, the router's own, or a default: a full table has few. */
    private void replaceWide(KernelRouteTable fresh) {
        Set<IpPrefix> changed = new HashSet<>();
        resolver.wide().all().forEach(prefix -> updateWide(prefix, fresh.get(prefix), changed));
        fresh.forEach(RouteMirror::isBesideMain, (prefix, candidates) -> {
            updateWide(prefix, candidates, changed);
            noticeOwn(prefix, candidates);
            candidates.routes().forEach(route -> noticeTable(route.table()));
        });
        if (!changed.isEmpty()) {
            reprogram((prefix, candidates) -> changed.stream().anyMatch(wide -> wide.contains(prefix.network())));
        }
    }

    private static boolean isBesideMain(RouteCandidates candidates) {
        return candidates.any(route -> route.table() != RouteMessage.TABLE_MAIN);
    }

    private void updateWide(IpPrefix prefix, RouteCandidates candidates, Set<IpPrefix> changed) {
        if (resolver.wide().update(prefix, candidates)) {
            changed.add(prefix);
        }
    }

    private void noticeOwn(IpPrefix prefix, RouteCandidates candidates) {
        if (resolver.own().notice(prefix, candidates)) {
            resolver.forget();
            if (isGateway(prefix)) {
                reprogram((other, known) -> known.any(route -> resolver.hasGatewayIn(route, prefix)));
            }
        }
    }

    private void forgetOwn(IpPrefix prefix) {
        if (resolver.own().has(prefix) && isPast(prefix)) {
            resolver.own().forget(prefix::equals);
            resolver.forget();
        }
    }

    /** Whether a prefix is not the router's own any more, and no route has kept that it was. */
    private boolean isPast(IpPrefix prefix) {
        return !routes.get(prefix).any(OwnPrefixes::isLocal) && !isGateway(prefix);
    }

    private boolean isGateway(IpPrefix prefix) {
        return routes.mayHave(route -> resolver.hasGatewayIn(route, prefix));
    }

    private void noticeTable(int table) {
        if (table == RouteMessage.TABLE_DEFAULT && resolver.noticeDefaultTable()) {
            reprogram((prefix, candidates) -> prefix.family() == AddressFamily.IPV4);
        }
    }

    /** The rules of a family were read. */
    void rules(AddressFamily family, List<RuleMessage> rules) {
        PolicyRules before = resolver.rules(family);
        PolicyRules after = PolicyRules.of(family, rules);
        if (after.equals(before)) {
            return;
        }
        resolver.rules(family, after);
        reprogram((prefix, candidates) ->
                prefix.family() == family && (candidates.isEmpty() || before.govern(prefix) != after.govern(prefix)));
        for (IpPrefix destination : before.leftToLinux()) {
            if (decide(destination).route() == null) {
                program.put(destination, RouteDecision.NONE);
            }
        }
    }

    /** All next-hop objects were read. */
    void nextHops(List<NextHopObject> objects) {
        noticeChanged(resolver.objects().replaceAll(objects));
    }

    /** A next-hop object was notified; returns whether it is certain what its routes are now. */
    boolean nextHop(NextHopObject nextHop) {
        boolean wasBlackhole = resolver.objects().isBlackhole(nextHop.id());
        boolean isUsed = noticeChanged(resolver.objects().put(nextHop));
        return !isUsed || resolver.objects().isBlackhole(nextHop.id()) == wasBlackhole; // it decides their type, too
    }

    /** As {@link #nextHop}, of an object that is gone. */
    boolean nextHopRemoved(int id) {
        return !noticeChanged(resolver.objects().remove(id));
    }

    /** Some objects mean something else now; returns whether a route uses one. */
    private boolean noticeChanged(Set<Integer> ids) {
        boolean isUsed = ids.stream().anyMatch(routes::uses);
        if (isUsed) {
            changedNextHops.addAll(ids);
        }
        if (!ids.isEmpty()) {
            resolver.forget(); // what a route of one led to that is gone since, and may come again
        }
        return isUsed;
    }

    /** Programs the routes of next-hop objects that have changed: put off, because many may change at once. */
    void settleNextHops() {
        if (!changedNextHops.isEmpty()) {
            reprogram((prefix, candidates) -> uses(candidates, changedNextHops));
            changedNextHops.clear();
        }
    }

    /** The data plane knows an interface from now on, or no longer. */
    void interfaceChanged(int ifindex) {
        reprogram((prefix, candidates) -> candidates.any(route -> resolver.leadsOver(route, ifindex)));
        reprogram(resolver.labelled().prefixes()); // what the kernel has in their place leads nowhere
    }

    /** Whether there may be a dead next hop over an interface, which the kernel revives in silence. */
    boolean hasDeadOver(int ifindex) {
        return routes.mayHave(route -> route.nextHops().stream()
                .anyMatch(nextHop -> nextHop.ifindex() == ifindex && KernelRoute.isDead(nextHop)));
    }

    /** Programs everything. */
    void replay() {
        reprogram((prefix, candidates) -> true);
    }

    /** Programs routes again about which something has changed that is not a route. */
    private void reprogram(BiPredicate<IpPrefix, RouteCandidates> isAffected) {
        if (program.isAbsent()) {
            return; // the replay that follows decides about each
        }
        forEach((prefix, candidates) -> {
            if (isAffected.test(prefix, candidates)) {
                reprogram(prefix, resolver.decide(prefix, candidates));
            }
        });
    }

    private void reprogram(IpPrefix prefix, RouteDecision decision) {
        if (decision.route() != null) { // whether there is one depends on the routes alone
            program.put(prefix, decision);
        }
    }

    /** All prefixes with routes, and those that only a policy rule names. */
    private void forEach(BiConsumer<IpPrefix, RouteCandidates> consumer) {
        routes.forEach(consumer);
        for (AddressFamily family : AddressFamily.values()) {
            for (IpPrefix destination : resolver.rules(family).leftToLinux()) {
                if (routes.get(destination).isEmpty()) {
                    consumer.accept(destination, RouteCandidates.NONE);
                }
            }
        }
    }

    private static boolean uses(RouteCandidates candidates, Set<Integer> nextHopIds) {
        return candidates.any(route -> nextHopIds.contains(route.nextHopId()));
    }
}
