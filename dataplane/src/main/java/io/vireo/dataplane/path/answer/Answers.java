package io.vireo.dataplane.path.answer;

import io.vireo.dataplane.encapsulation.Encapsulator;
import io.vireo.dataplane.encapsulation.SentPackets;
import io.vireo.dataplane.encapsulation.keepalive.KeepaliveReceiver;
import io.vireo.dataplane.interfaces.InterfaceTable;
import io.vireo.dataplane.interfaces.MemberMark;
import io.vireo.dataplane.nexthop.AdjacencyTable;
import io.vireo.dataplane.nexthop.NextHopGroups;
import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.path.Disposition;
import io.vireo.dataplane.path.Ethernet;
import io.vireo.dataplane.path.Ipv4;
import io.vireo.dataplane.path.Ipv6;
import io.vireo.dataplane.path.LinkQueue;
import io.vireo.dataplane.tables.Ipv4Fib;
import io.vireo.dataplane.tables.Ipv6Fib;
import io.vireo.dataplane.wire.code.AnswerKind;
import io.vireo.dataplane.wire.code.DropReason;
import io.vireo.dataplane.wire.code.PuntReason;
import io.vireo.dataplane.wire.counters.StatisticsWriter;
import io.vireo.dpdk.Memory;
import io.vireo.dpdk.Mempool;

/** Answers packets in place of the kernel, where that needs no control plane. Single user: its worker. */
public final class Answers {
    /** The packet is as it was: the kernel's. */
    public static final int NONE = 0;

    /** It has been answered, and the kernel need not know. */
    public static final int ANSWERED = 1;

    /** It has been answered, and the kernel is to learn who asked. */
    public static final int INFORM = 2;

    /** It has become the answer: its buffer is under way. */
    public static final int TURNED_ROUND = 3;

    /** Tx frames that answers need beyond one for each packet of a burst. */
    public static final int EXTRA_FRAMES = Fragmenter.EXTRA_FRAMES;

    /** Hosts of a link that all ask at once; some 5 Mbit/s of replies. */
    private static final int NEIGHBOUR_PACKETS_PER_SECOND = 10_000;

    private static final int NEIGHBOUR_BURST_PACKETS = 1_000;
    private static final int ECHO_PACKETS_PER_SECOND = 10_000;
    private static final int ECHO_BURST_PACKETS = 1_000;

    private static final int UNDERLAY_ERROR = Disposition.drop(DropReason.UNDERLAY_ERROR);
    private static final int ARP = PuntReason.ARP.code();
    private static final int LOCAL = PuntReason.LOCAL.code();
    private static final int LINK_LOCAL = PuntReason.LINK_LOCAL.code();
    private static final int LINK_MULTICAST = PuntReason.LINK_MULTICAST.code();
    private static final int TOO_BIG = PuntReason.TOO_BIG.code();
    private static final int NEIGHBOUR_UNKNOWN = PuntReason.NEIGHBOUR_UNKNOWN.code();
    private static final int GATEWAY_UNKNOWN = PuntReason.GATEWAY_UNKNOWN.code();
    private static final int ARP_KIND = AnswerKind.ARP.code();
    private static final int NEIGHBOUR_KIND = AnswerKind.NEIGHBOUR.code();
    private static final int ECHO_KIND = AnswerKind.ECHO.code();
    private static final int FRAGMENTED_KIND = AnswerKind.FRAGMENTED.code();

    private final InterfaceTable interfaces;
    private final StatisticsWriter statistics;
    private final ReturnRoutes routes;
    private final ArpAnswer arp;
    private final SolicitationAnswer solicitations;
    private final EchoAnswer echoes;
    private final Fragmenter fragmenter;
    private final IcmpErrors errors;
    private final LabelErrors labelErrors;
    private final UnderlayErrors underlayErrors;
    private final KeepaliveReceiver keepalives;
    private final AnswerBudgets neighbourBudgets;
    private final AnswerBudgets echoBudgets;

    /**
     * @param encapsulator sends into tunnels.
     * @param sent which packets have been sent into tunnels.
     * @param keepalives hears their answers.
     * @param labelMtus of what leads on by labels.
     * @param links take what goes round.
     * @param burst whose tx frames take the answers.
     */
    public Answers(
            InterfaceTable interfaces,
            Ipv4Fib ipv4,
            Ipv6Fib ipv6,
            NextHopGroups groups,
            AdjacencyTable adjacencies,
            Encapsulator encapsulator,
            SentPackets sent,
            KeepaliveReceiver keepalives,
            LabelMtus labelMtus,
            LinkQueue links,
            Mempool pool,
            Burst burst,
            StatisticsWriter statistics) {
        this.interfaces = interfaces;
        this.statistics = statistics;
        LinkSender sender = new LinkSender(pool, burst.txFrames, encapsulator);
        routes = new ReturnRoutes(ipv4, ipv6, groups, adjacencies, encapsulator, burst.txFrames);
        arp = new ArpAnswer(interfaces.addresses(), sender, routes);
        solicitations = new SolicitationAnswer(interfaces.addresses(), sender, routes);
        echoes = new EchoAnswer(interfaces.addresses(), sender, routes);
        ErrorBudgets budgets = new ErrorBudgets(interfaces.capacity());
        errors = new IcmpErrors(interfaces, sender, routes, budgets, statistics);
        labelErrors = new LabelErrors(interfaces, sender, links, budgets, labelMtus, statistics);
        underlayErrors = new UnderlayErrors(sent);
        this.keepalives = keepalives;
        fragmenter = new Fragmenter(routes, pool, burst.txFrames, statistics);
        neighbourBudgets =
                new AnswerBudgets(interfaces.capacity(), NEIGHBOUR_PACKETS_PER_SECOND, NEIGHBOUR_BURST_PACKETS);
        echoBudgets = new AnswerBudgets(interfaces.capacity(), ECHO_PACKETS_PER_SECOND, ECHO_BURST_PACKETS);
    }

    /**
     * Answers a packet that would be punted, if it is one to be answered here.
     *
     * @param reason {@link PuntReason} code.
     * @return {@link #NONE}, {@link #ANSWERED}, {@link #INFORM}, {@link #TURNED_ROUND}, or a {@link
     *     io.vireo.dataplane.path.Disposition} to drop it.
     */
    public int answer(Burst burst, int i, int reason, long nowNs) {
        long record = interfaces.record(burst.ingress[i]);
        if (reason == ARP) {
            keepalives.hearArp(burst, i, record);
            return isForGroupOrOwnMac(burst, i, record) ? arp(burst, i, record, nowNs) : NONE;
        }
        if (reason == LINK_MULTICAST) {
            return isIpv6(burst, i) ? solicitation(burst, i, record, nowNs) : NONE;
        }
        if (hasOptions(burst, i)) {
            return NONE;
        }
        if (reason == TOO_BIG && !isIpv6(burst, i) && Fragmenter.mayFragment(burst.network[i])) {
            return fragment(burst, i, record);
        }
        if (!isForOwnMac(burst, i, record)) {
            return NONE;
        }
        return reason == LOCAL || reason == LINK_LOCAL
                ? local(burst, i, record, nowNs)
                : error(burst, i, errorOf(burst, i, reason), record, nowNs);
    }

    /**
     * As {@link #answer}, of a packet that is dropped because what is underneath its tunnel does not take it: it is fragmented, or its
     * sender learns what would be taken.
     */
    public int answerTooBig(Burst burst, int i, long nowNs) {
        int outcome = answer(burst, i, TOO_BIG, nowNs);
        if (outcome != TURNED_ROUND) { // else its fragmenter has, and its header may be encrypted
            routes.agePathMtus(interfaces.record(burst.ingress[i]), burst, i, nowNs);
        }
        return outcome;
    }

    /**
     * As {@link #answer}, of a packet that is dropped because the TTL of its label is used up, or because it is too long with its labels;
     * of another that is dropped for such a reason nothing is said.
     */
    public void answerLabelled(Burst burst, int i, boolean isTooBig, long nowNs) {
        labelErrors.answer(burst, i, isTooBig ? ErrorKinds.TOO_BIG : ErrorKinds.TTL_EXPIRED, nowNs);
    }

    private int local(Burst burst, int i, long record, long nowNs) {
        boolean isIpv6 = isIpv6(burst, i);
        if (isIpv6 ? underlayErrors.takeIpv6(burst, i, nowNs) : underlayErrors.takeIpv4(burst, i, nowNs)) {
            return UNDERLAY_ERROR;
        }
        if (isIpv6 ? keepalives.takeIpv6(burst, i, nowNs) : keepalives.takeIpv4(burst, i, nowNs)) {
            return ANSWERED;
        }
        if (isIpv6) {
            keepalives.hearAdvertisement(burst, i, record);
            return localIpv6(burst, i, record, nowNs);
        }
        return localIpv4(burst, i, record, nowNs);
    }

    /** The kernel looks at the TTL first, at the neighbour later. */
    private static int errorOf(Burst burst, int i, int reason) {
        boolean isGlean = reason == NEIGHBOUR_UNKNOWN || reason == GATEWAY_UNKNOWN;
        int ttlOffset = isGlean && isIpv6(burst, i) ? Ipv6.HOP_LIMIT : Ipv4.TTL;
        return isGlean && Memory.getUnsignedByte(burst.network[i] + ttlOffset) <= 1
                ? ErrorKinds.TTL_EXPIRED
                : ErrorKinds.ofReason(reason);
    }

    private int error(Burst burst, int i, int error, long record, long nowNs) {
        if (error == ErrorKinds.NONE) {
            return NONE;
        }
        return isIpv6(burst, i)
                ? errors.answerIpv6(burst, i, error, record, nowNs)
                : errors.answerIpv4(burst, i, error, record, nowNs);
    }

    private int fragment(Burst burst, int i, long record) {
        int outcome = fragmenter.fragment(burst, i, record);
        if (outcome == TURNED_ROUND) {
            statistics.routerAnswered(burst.router[i], FRAGMENTED_KIND, 1);
        }
        return outcome;
    }

    private int arp(Burst burst, int i, long record, long nowNs) {
        if (!arp.isForUs(burst, i, record) || !neighbourBudgets.take(burst.ingress[i], nowNs)) {
            return NONE;
        }
        boolean isKnown = arp.isAskerKnown(burst, i, record);
        if (!arp.answer(burst, i, record)) {
            return NONE;
        }
        statistics.routerAnswered(burst.router[i], ARP_KIND, 1);
        return isKnown ? ANSWERED : INFORM;
    }

    private int solicitation(Burst burst, int i, long record, long nowNs) {
        if (!solicitations.isForUs(burst, i, record) || !neighbourBudgets.take(burst.ingress[i], nowNs)) {
            return NONE;
        }
        boolean isKnown = solicitations.isAskerKnown(burst, i, record);
        if (!solicitations.answer(burst, i, record)) {
            return NONE;
        }
        statistics.routerAnswered(burst.router[i], NEIGHBOUR_KIND, 1);
        return isKnown ? ANSWERED : INFORM;
    }

    private int localIpv4(Burst burst, int i, long record, long nowNs) {
        boolean isAsked = EchoAnswer.isIpv4Request(burst, i) && echoBudgets.take(burst.ingress[i], nowNs);
        return isAsked ? echoed(burst, i, echoes.answerIpv4(burst, i, record)) : NONE;
    }

    private int localIpv6(Burst burst, int i, long record, long nowNs) {
        if (!echoes.isIpv6Request(burst, i)) {
            return solicitation(burst, i, record, nowNs);
        }
        return echoBudgets.take(burst.ingress[i], nowNs) ? echoed(burst, i, echoes.answerIpv6(burst, i, record)) : NONE;
    }

    private int echoed(Burst burst, int i, int outcome) {
        if (outcome == TURNED_ROUND) {
            statistics.routerAnswered(burst.router[i], ECHO_KIND, 1);
        }
        return outcome;
    }

    private static boolean isIpv6(Burst burst, int i) {
        // The check result does not say the family of a packet with a disposition of its own.
        return Memory.getShort(burst.network[i] - Short.BYTES) == Ethernet.WIRE_IPV6;
    }

    /** Whether it is an IPv4 packet with options, which every answer would have to look at. */
    private static boolean hasOptions(Burst burst, int i) {
        long header = burst.network[i];
        return Memory.getShort(header - Short.BYTES) == Ethernet.WIRE_IPV4
                && Ipv4.headerBytes(header) != Ipv4.MIN_HEADER_BYTES;
    }

    /** Whether it came to the interface's own MAC: not to all, and not to a virtual router's, for which the kernel answers. */
    private static boolean isForOwnMac(Burst burst, int i, long record) {
        return MemberMark.isFor(record, destination(burst, i));
    }

    private static boolean isForGroupOrOwnMac(Burst burst, int i, long record) {
        long destination = destination(burst, i);
        return isForOwnMac(burst, i, record)
                || (destination & InterfaceTable.destinationMatch(Ethernet.GROUP_BIT)) != 0;
    }

    private static long destination(Burst burst, int i) {
        return InterfaceTable.destinationMatch(Memory.getLong(burst.frame[i]));
    }
}
