package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.encapsulation.HostileKind.NOBODY;
import static io.vireo.dataplane.encapsulation.HostileKind.VPNS;
import static io.vireo.dataplane.encapsulation.TunnelRig.UNDERLAY;

import io.vireo.dataplane.RingWire;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.counters.StatisticsReader;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Sends hostile frames to a data plane, a burst at a time, and looks after each burst what became of it:
 *
 * <ul>
 *   <li>every frame, and every ICMP error about one, was sent, dropped for a reason, or punted, or is held as a fragment; in the end
 *       no buffer is;
 *   <li>what leaves to a VPN's host came in as that VPN's, as a slow reading of its bytes says; and a VPN's router handled no more
 *       than that;
 *   <li>what was not changed at all leaves as it should, whatever was around it.
 * </ul>
 */
final class HostileStream implements AutoCloseable {
    private static final long STEP_NS = 100_000;

    /** Longer than fragments are waited for. */
    private static final long EXPIRY_NS = 1_100_000_000;

    private static final int EXPIRY_BURSTS = 64;
    private static final int MAX_EXPIRY_ROUNDS = 1_000;
    private static final DropReason[] REASONS = DropReason.values();

    private final HostileKind kind;
    private final long seed;
    private final HostileRig rig;
    private final StatisticsReader statistics;
    private final HostileFrames frames;
    private final HostileOwner owner;
    private final byte[][] sent = new byte[RingWire.BURST][HostileFrames.MAX_BYTES];
    private final int[] lengths = new int[RingWire.BURST];
    private final int[] vpns = new int[RingWire.BURST];
    private final byte[][] leaves = new byte[RingWire.BURST][];

    private final int[] mine = new int[VPNS];
    private final int[] handled = new int[VPNS];
    private final long[] droppedBefore = new long[VPNS];
    private long answeredBefore;
    private long bursts;
    private long merged;
    private long fragmentsSince;
    private long toHosts;
    private long toFarEnds;
    private long punted;

    HostileStream(HostileKind kind, long seed) {
        this.kind = kind;
        this.seed = seed;
        rig = new HostileRig(kind);
        statistics = rig.dataplane.statistics();
        frames = new HostileFrames(kind, seed);
        owner = new HostileOwner(kind);
    }

    /** Sends so many bursts. */
    void run(long count) {
        for (long n = 0; n < count; n++) {
            send();
            rig.dataplane.runBriefly();
            takeFromHosts();
            takePunted();
            toFarEnds += rig.farEnds.take();
            rig.farEnds.free();
            bursts++;
            rig.dataplane.advance(STEP_NS);
            check();
            if (bursts % EXPIRY_BURSTS == 0 || n == count - 1) {
                expire();
            }
        }
    }

    /** Has the fragments that are held dropped, a few a round; nothing may be held then. */
    private void expire() {
        rig.dataplane.advance(EXPIRY_NS);
        for (int rounds = 0; rig.dataplane.buffersInUse() > 0; rounds++) {
            if (rounds == MAX_EXPIRY_ROUNDS) {
                throw failure(rig.dataplane.buffersInUse() + " buffers are held for good", 0);
            }
            rig.dataplane.round();
        }
        Arrays.fill(handled, 0);
        check();
    }

    private void send() {
        Arrays.fill(mine, 0);
        Arrays.fill(handled, 0);
        for (int n = 0; n < RingWire.BURST; n++) {
            lengths[n] = frames.next(sent[n], n == 0);
            leaves[n] = frames.leaves();
            vpns[n] = owner.of(sent[n], lengths[n]);
            if (vpns[n] != NOBODY) {
                mine[vpns[n]]++;
            }
            rig.farEnds.put(sent[n], lengths[n]);
            fragmentsSince += HostileOwner.isFragment(sent[n]) ? 1 : 0;
        }
        rig.farEnds.flush();
    }

    private void takeFromHosts() {
        int count = rig.hosts.take();
        for (int n = 0; n < count; n++) {
            int origin = rig.farEnds.origin(rig.hosts.mbuf(n));
            int vpn = rig.hosts.octet(n, 15) - 1;
            int of = origin >= 0 ? vpns[origin] : whose(n, vpn);
            if (vpn != of) {
                throw failure("left as VPN " + vpn + "'s, but is of " + of, Math.max(0, origin));
            }
            if (origin >= 0) {
                handled[vpn]++;
                if (rig.hosts.length(n) > lengths[origin]) {
                    throw failure("came out longer, with whatever stood behind it in its buffer", origin);
                }
                if (Arrays.equals(leaves[origin], rig.hosts.frame(n))) {
                    leaves[origin] = HostileFrames.UNKNOWN;
                }
            }
        }
        rig.hosts.free();
        toHosts += count;
        for (int n = 0; n < RingWire.BURST; n++) {
            if (leaves[n].length > 0) {
                throw failure("did not leave as it should: " + HexFormat.of().formatHex(leaves[n]), n);
            }
        }
    }

    /** Of which VPN a packet says it is that was put together; fragments that came about by chance say nothing. */
    private int whose(int taken, int receiver) {
        if (kind != HostileKind.FRAGMENTS) {
            return receiver;
        }
        return rig.hosts.octet(taken, rig.hosts.octet(taken, 16) == 0x08 ? 18 + 15 : 18 + 23);
    }

    private void takePunted() {
        for (int interfaceId : rig.dataplane.punts.interfaces) {
            int vpn = HostileRig.vpnOf(interfaceId);
            if (vpn != NOBODY) {
                handled[vpn]++;
            }
        }
        punted += rig.dataplane.punts.frames.size();
        rig.dataplane.punts.clearPunted();
    }

    private void check() {
        int held = rig.dataplane.buffersInUse();
        if (held > fragmentsSince) {
            throw failure(held + " buffers are held, of " + fragmentsSince + " fragments", 0);
        }
        long answeredNow = answered() - answeredBefore;
        answeredBefore += answeredNow;
        for (int vpn = 0; vpn < VPNS; vpn++) {
            long dropped = statistics.routerCounts(vpn).dropPackets();
            long touched = handled[vpn] + dropped - droppedBefore[vpn];
            droppedBefore[vpn] = dropped;
            if (touched > mine[vpn] + fragmentsSince + answeredNow) {
                throw failure("VPN " + vpn + " handled " + touched + ", of which only " + mine[vpn] + " are its", 0);
            }
        }
        if (held == 0) {
            long missing = bursts * RingWire.BURST + answeredBefore - toHosts - toFarEnds - punted - merged - dropped();
            if (missing < 0 || missing > fragmentsSince) {
                throw failure(missing + " frames unaccounted for, with " + fragmentsSince + " fragments", 0);
            }
            merged += missing;
            fragmentsSince = 0;
        }
    }

    /** ICMP errors, which go round as frames of their own: behind the labels of what they answer, and so to its VPN. */
    private long answered() {
        long answered = statistics.answers(UNDERLAY)[AnswerKind.ERROR.code()];
        for (int vpn = 0; vpn < VPNS; vpn++) {
            answered += statistics.answers(vpn)[AnswerKind.ERROR.code()];
        }
        return answered;
    }

    private long dropped() {
        long dropped = droppedBefore[0]
                + droppedBefore[1]
                + statistics.routerCounts(UNDERLAY).dropPackets();
        for (DropReason reason : REASONS) {
            dropped += statistics.drops(StatisticsWriter.NO_ROUTER, reason);
        }
        return dropped;
    }

    /** Frames that came out of their tunnels, and left. */
    long toHosts() {
        return toHosts;
    }

    /** Frames that were put together with another one. */
    long merged() {
        return merged;
    }

    /** How many were dropped for each reason that occurred. */
    Map<DropReason, Long> drops() {
        Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);
        for (DropReason reason : REASONS) {
            long count = 0;
            for (int router : new int[] {StatisticsWriter.NO_ROUTER, 0, 1, UNDERLAY}) {
                count += statistics.drops(router, reason);
            }
            if (count > 0) {
                drops.put(reason, count);
            }
        }
        return drops;
    }

    private AssertionError failure(String what, int frame) {
        return new AssertionError(what + ": " + kind + ", seed " + seed + ", burst " + bursts + ", frame " + frame + " "
                + HexFormat.of().formatHex(Arrays.copyOf(sent[frame], lengths[frame])));
    }

    @Override
    public String toString() {
        return kind + ": " + bursts * RingWire.BURST + " frames, seed " + seed + ": to hosts " + toHosts
                + ", to far ends " + toFarEnds + ", punted " + punted + ", merged with other fragments " + merged
                + ", dropped " + drops();
    }

    @Override
    public void close() {
        rig.close();
    }
}
