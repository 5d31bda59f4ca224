package io.vireo.dataplane.wire.event;

import io.vireo.dataplane.wire.Call;
import io.vireo.dataplane.wire.Pick;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.code.PortState;
import io.vireo.dataplane.wire.code.RouteKind;
import io.vireo.dataplane.wire.command.RandomCommands;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import io.vireo.dataplane.wire.value.SecurityAssociationState;
import java.util.List;
import java.util.Random;

/** Sends random events, and tells which call of the handler each must become. */
public final class RandomEvents {
    private final Random random;
    private final EventProxy proxy;
    private final List<Event> events = List.of(
            this::commandResult,
            this::portState,
            this::routeEntry,
            this::neighbourEntry,
            this::rateEntry,
            this::quotaEntry,
            this::associationEntry,
            this::labelState,
            this::classEntry,
            this::filterEntry,
            this::dumpEnd,
            this::sweepDone);

    private interface Event {
        Call send(long correlationId);
    }

    public RandomEvents(Random random, EventProxy proxy) {
        this.random = random;
        this.proxy = proxy;
    }

    public int kinds() {
        return events.size();
    }

    /** Sends one and returns the expected call; a full ring is a failure of the test. */
    public Call send(int kind) {
        return events.get(kind).send(random.nextLong());
    }

    private Call commandResult(long id) {
        CommandResult code = Pick.from(random, CommandResult.values());
        String text = "x".repeat(random.nextInt(EventProxy.MAX_TEXT + 1));
        taken(proxy.commandResult(id, code, text));
        return Call.of("onCommandResult", id, code, text);
    }

    private Call portState(long id) {
        PortState state = Pick.from(random, PortState.values());
        int port = random.nextInt(64);
        long mac = random.nextLong(1L << 48);
        int speed = random.nextInt(400_000);
        String name = "p" + random.nextInt(1000);
        taken(proxy.portState(id, port, state, mac, speed, name));
        return Call.of("onPortState", id, port, state, mac, speed, name);
    }

    private Call routeEntry(long id) {
        RouteKind kind = Pick.from(random, RouteKind.values());
        NextHops hops = RandomCommands.labelledNextHops(AddressFamily.IPV6, random);
        int router = random.nextInt(100);
        int length = random.nextInt(129);
        long high = random.nextLong();
        long low = random.nextLong();
        taken(proxy.routeEntry(id, router, AddressFamily.IPV6, high, low, length, kind, hops));
        return Call.of("onRouteEntry", id, router, AddressFamily.IPV6, high, low, length, kind, hops);
    }

    private Call neighbourEntry(long id) {
        int interfaceId = random.nextInt(1000);
        long low = random.nextLong(1L << 32);
        long mac = random.nextLong(1L << 48);
        taken(proxy.neighbourEntry(id, interfaceId, AddressFamily.IPV4, 0, low, mac));
        return Call.of("onNeighbourEntry", id, interfaceId, AddressFamily.IPV4, 0L, low, mac);
    }

    private Call rateEntry(long id) {
        int port = random.nextInt(64);
        long rate = random.nextLong(1L << 40);
        int overhead = random.nextInt(257);
        taken(proxy.rateEntry(id, port, rate, overhead));
        return Call.of("onRateEntry", id, port, rate, overhead);
    }

    private Call quotaEntry(long id) {
        int quota = random.nextInt(4096);
        int packets = random.nextInt(1 << 20);
        long bytes = random.nextLong(1L << 40);
        taken(proxy.quotaEntry(id, quota, packets, bytes));
        return Call.of("onQuotaEntry", id, quota, packets, bytes);
    }

    private Call associationEntry(long id) {
        SecurityAssociationState state = new SecurityAssociationState()
                .of(
                        random.nextInt(1000),
                        random.nextBoolean(),
                        random.nextInt(),
                        random.nextInt(),
                        random.nextBoolean())
                .counts(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        taken(proxy.associationEntry(id, state));
        return Call.of("onAssociationEntry", id, state);
    }

    private Call labelState(long id) {
        LabelSpec spec = RandomCommands.labelSpec(random).push(16).push(1_048_575);
        NextHops hops = RandomCommands.nextHops(AddressFamily.IPV6, random);
        long packets = random.nextLong();
        long bytes = random.nextLong();
        taken(proxy.labelState(id, spec, hops, packets, bytes));
        return Call.of("onLabelState", id, spec, hops, packets, bytes);
    }

    private Call classEntry(long id) {
        int classId = 1 + random.nextInt(1000);
        int parent = random.nextInt(1000);
        int port = random.nextInt(64);
        int interfaceId = random.nextInt(-1, 1000);
        long digest = random.nextLong();
        taken(proxy.classEntry(id, classId, parent, port, interfaceId, digest));
        return Call.of("onClassEntry", id, classId, parent, port, interfaceId, digest);
    }

    private Call filterEntry(long id) {
        int interfaceId = random.nextInt(1000);
        int defaultClass = random.nextInt(1000);
        long digest = random.nextLong();
        taken(proxy.filterEntry(id, interfaceId, defaultClass, digest));
        return Call.of("onFilterEntry", id, interfaceId, defaultClass, digest);
    }

    private Call dumpEnd(long id) {
        long entries = random.nextLong();
        taken(proxy.dumpEnd(id, entries));
        return Call.of("onDumpEnd", id, entries);
    }

    private Call sweepDone(long id) {
        long epoch = random.nextLong();
        int[] counts = random.ints(5).toArray();
        taken(proxy.sweepDone(id, epoch, counts[0], counts[1], counts[2], counts[3], counts[4]));
        return Call.of("onSweepDone", id, epoch, counts[0], counts[1], counts[2], counts[3], counts[4]);
    }

    private static void taken(boolean isTaken) {
        if (!isTaken) {
            throw new IllegalStateException("event ring is full");
        }
    }
}
