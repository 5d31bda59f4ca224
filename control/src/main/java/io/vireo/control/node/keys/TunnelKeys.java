package io.vireo.control.node.keys;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Encapsulation.Esp;
import io.vireo.control.node.agent.NodeAgent;
import io.vireo.control.node.plan.NodePlan;
import io.vireo.control.node.session.DataplaneAnswers.Refusal;
import io.vireo.control.node.session.DataplaneLostException;
import io.vireo.control.node.session.DataplaneSession;
import io.vireo.control.node.session.Refusals;
import io.vireo.control.node.topology.InterfacePlan;
import io.vireo.control.view.DataplaneAbsentException;
import io.vireo.control.view.EspStatus;
import io.vireo.control.view.EspTunnel;
import io.vireo.control.view.IkeStatus;
import io.vireo.control.view.KeyRefusedException;
import io.vireo.control.view.KeyState;
import io.vireo.control.view.NotFoundException;
import io.vireo.dataplane.wire.value.SecurityAssociationSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Gives the data plane's ESP tunnels keys, whoever has made them, and reports what became of them: what each source of keys ends in. Any
 * thread may call.
 */
public final class TunnelKeys {
    /** Bytes of the nonce that are fixed with the key (RFC 4106 §4). */
    public static final int SALT_BYTES = 4;

    /** Of keys to receive by, which need none to differ. */
    private static final int NO_TICKET = 1;

    private static final int MAX_KEY_BYTES = 32;

    private final NodeAgent agent;
    private final Supplier<DataplaneSession> sessions;
    private final Waiter waiter;
    private final AtomicLong lastTicket = new AtomicLong();

    /** Waits for an answer of the data plane, not for ever. */
    public interface Waiter {
        <T> T await(CompletableFuture<T> answer);
    }

    /** @param sessions the present session; to be asked on the agent's thread. */
    public TunnelKeys(NodeAgent agent, Supplier<DataplaneSession> sessions, Waiter waiter) {
        this.agent = agent;
        this.sessions = sessions;
        this.waiter = waiter;
    }

    /** The plan in force. */
    public NodePlan plan() {
        return agent.call(agent::plan);
    }

    /**
     * All ESP tunnels, with a ticket for each to {@link #send} by.
     *
     * @param ike what IKE says of a tunnel, by its path; null: nothing.
     * @throws DataplaneAbsentException when the data plane is down
     */
    public EspStatus status(Function<String, @Nullable IkeStatus> ike) {
        record Asked(NodePlan plan, long incarnation, CompletableFuture<List<KeyDump.Row>> rows) {}
        Asked asked = onAgent(() -> {
            DataplaneSession session = session();
            KeyDump dump = new KeyDump();
            session.dumpAssociations(dump);
            return new Asked(agent.plan(), session.incarnation(), dump.answer());
        });
        Map<Integer, List<KeyDump.Row>> rows =
                waiter.await(asked.rows()).stream().collect(Collectors.groupingBy(KeyDump.Row::interfaceId));
        List<EspTunnel> tunnels = new ArrayList<>();
        for (InterfacePlan plan : asked.plan().interfaces().values()) {
            if (plan.attachment() instanceof Attachment.Tunnel tunnel && tunnel.encapsulation() instanceof Esp esp) {
                List<KeyDump.Row> own = rows.getOrDefault(plan.interfaceId(), List.of());
                tunnels.add(describe(plan, tunnel, esp, own, ike.apply(plan.key())));
            }
        }
        tunnels.sort(Comparator.comparing(EspTunnel::path));
        return new EspStatus(asked.incarnation(), takeTickets(Math.max(1, tunnels.size())), tunnels);
    }

    /**
     * The first of so many. They grow over restarts of control too, as long as the clock does; the data plane refuses one that does not.
     */
    private long takeTickets(int count) {
        long nowUs = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        long last = lastTicket.getAndUpdate(taken -> Math.max(taken, nowUs) + count);
        return Math.max(last, nowUs) + 1;
    }

    /** @param rows of the tunnel's keys. */
    private static EspTunnel describe(
            InterfacePlan plan, Attachment.Tunnel tunnel, Esp esp, List<KeyDump.Row> rows, @Nullable IkeStatus ike) {
        KeyState outbound = null;
        List<KeyState> inbound = new ArrayList<>();
        for (KeyDump.Row row : rows) {
            if (row.isOutbound()) {
                outbound = state(row, esp);
            } else {
                inbound.add(state(row, esp));
            }
        }
        return new EspTunnel(
                plan.key(),
                esp.algorithm().toString(),
                esp.isExtended(),
                tunnel.underlay().toString(),
                tunnel.local().toString(),
                tunnel.remote().toString(),
                outbound,
                inbound,
                ike);
    }

    private static KeyState state(KeyDump.Row row, Esp esp) {
        long packets = esp.isExtended()
                ? esp.lifetime().packets()
                : Math.min(esp.lifetime().packets(), 1L << Integer.SIZE);
        boolean isDue = row.isEnded()
                || row.packets() >= softly(packets)
                || row.bytes() >= softly(esp.lifetime().bytes())
                || row.ageSeconds() >= softly(esp.lifetime().seconds());
        return new KeyState(
                row.spi(),
                row.ageSeconds(),
                row.packets(),
                row.bytes(),
                row.forged(),
                row.replays(),
                isDue,
                row.isEnded());
    }

    /** Three quarters: there is time for some attempts that fail. */
    private static long softly(long limit) {
        return limit - limit / 4;
    }

    /** Has a tunnel receive by a key, from now on beside those before it; the key is wiped. */
    public void receive(InterfacePlan plan, int spi, byte[] salt, byte[] key) {
        add(plan, key, session -> spec(plan, false, spi, salt, key).once(session.incarnation(), NO_TICKET));
    }

    /**
     * Has a tunnel send by a key, and forget the one before; the key is wiped.
     *
     * @param incarnation of the data plane, and
     * @param ticket as {@link #status} said before: a key that was given before, or might have been, is refused.
     * @throws KeyRefusedException when it is
     */
    public void send(InterfacePlan plan, long incarnation, long ticket, int spi, byte[] salt, byte[] key) {
        add(plan, key, session -> spec(plan, true, spi, salt, key).once(incarnation, ticket));
    }

    /**
     * As the other, by a key that was negotiated for this and is nowhere else: whoever calls does so once, whatever comes of it. The key
     * is wiped.
     */
    public void send(InterfacePlan plan, int spi, byte[] salt, byte[] key) {
        add(plan, key, session -> spec(plan, true, spi, salt, key).once(session.incarnation(), takeTickets(1)));
    }

    /** Has the data plane add a key; what this process had of it is wiped. */
    private void add(InterfacePlan plan, byte[] key, Function<DataplaneSession, SecurityAssociationSpec> specs) {
        try {
            run(plan, (session, refusals) -> {
                SecurityAssociationSpec spec = specs.apply(session);
                session.addAssociation(refusals, plan.key(), spec);
                spec.wipe();
            });
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static SecurityAssociationSpec spec(
            InterfacePlan plan, boolean isOutbound, long spi, byte[] salt, byte[] key) {
        Esp.Lifetime lifetime = espOf(plan).lifetime();
        byte[] padded = Arrays.copyOf(key, MAX_KEY_BYTES);
        ByteBuffer words = ByteBuffer.wrap(padded);
        SecurityAssociationSpec spec = new SecurityAssociationSpec()
                .of(plan.interfaceId(), isOutbound, (int) spi)
                .key(ByteBuffer.wrap(salt).getInt(), words.getLong(), words.getLong(), words.getLong(), words.getLong())
                .lifetime(lifetime.packets(), lifetime.bytes(), lifetime.seconds());
        Arrays.fill(padded, (byte) 0);
        return spec;
    }

    /** Has a tunnel no longer receive by a key. */
    public void retire(InterfacePlan plan, int spi) {
        run(plan, (session, refusals) -> session.removeInbound(refusals, plan.key(), plan.interfaceId(), spi));
    }

    /** Has a tunnel no longer send by a key, and so by none. */
    public void silence(InterfacePlan plan, int spi) {
        run(plan, (session, refusals) -> session.removeOutbound(refusals, plan.key(), plan.interfaceId(), spi));
    }

    private <T> T onAgent(Callable<T> action) {
        try {
            return agent.call(action);
        } catch (DataplaneLostException e) {
            throw new DataplaneAbsentException(String.valueOf(e.getMessage()));
        }
    }

    private DataplaneSession session() {
        DataplaneSession session = sessions.get();
        if (!session.takesKeys()) {
            throw new DataplaneAbsentException("the data plane is too old for ESP");
        }
        return session;
    }

    static Esp espOf(InterfacePlan plan) {
        Esp esp = espOrNull(plan);
        if (esp == null) {
            throw new NotFoundException("there is no ESP tunnel " + plan.key());
        }
        return esp;
    }

    /** The ESP of an interface, or null. */
    public static @Nullable Esp espOrNull(InterfacePlan plan) {
        return plan.attachment() instanceof Attachment.Tunnel tunnel && tunnel.encapsulation() instanceof Esp esp
                ? esp
                : null;
    }

    /** Sends commands; returns when all workers see what they changed. */
    private void run(InterfacePlan plan, BiConsumer<DataplaneSession, Refusals> commands) {
        List<Refusal> refused = waiter.await(onAgent(() -> {
            DataplaneSession session = session();
            Refusals refusals = new Refusals();
            commands.accept(session, refusals);
            return session.barrier(refusals);
        }));
        if (!refused.isEmpty()) {
            throw new KeyRefusedException(plan.key() + ": " + refused.getFirst().text());
        }
    }
}
