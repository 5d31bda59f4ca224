package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.DRAINING;
import static io.vireo.dataplane.schedule.ClassTable.LINK_SHARE;
import static io.vireo.dataplane.schedule.ClassTable.NONE;
import static io.vireo.dataplane.schedule.ClassTable.REAL_TIME;

import io.vireo.dataplane.tables.Region;

/**
 * The hierarchical fair service curve scheduler of one egress port.
 *
 * <h2>The paper</h2>
 *
 * <p>I. Stoica, H. Zhang, T. S. E. Ng, "A Hierarchical Fair Service Curve Algorithm for Link-Sharing, Real-Time, and
 * Priority Services", SIGCOMM 1997, IEEE/ACM ToN 8(2), 2000. The classes of a port are a tree. A leaf has a queue and
 * may have a <i>service curve</i>: by time t after it became backlogged it will have been given S(t) bytes, whatever
 * the others do. An interior class has a curve that says how its subtree shares what is left. The two aims can conflict,
 * so there are two criteria:
 *
 * <ol>
 *   <li><b>Real time</b> ({@link RealTime}): a head packet whose <i>eligible time</i> has come might miss a guarantee, its
 *       own or another's, if it waited longer. Of these the one with the earliest <i>deadline</i> goes first, from whatever
 *       part of the tree.
 *   <li><b>Link share</b> ({@link LinkShare}): if none is eligible, descend from the root, each time into the backlogged
 *       child with the smallest <i>virtual time</i>, which is its service put through its own curve.
 * </ol>
 *
 * <p>Service by link share moves virtual times only, never deadlines: a class is not punished for excess it took while
 * others were idle. Upper limits (a later addition to ALTQ by O. Cherevko) hold a class back from link share until its
 * <i>fit time</i>.
 *
 * <h2>The paper's symbols</h2>
 *
 * <table>
 *   <caption>In the paper, and here</caption>
 *   <tr><td>S_i</td><td>{@link io.vireo.dataplane.schedule.policy.ServiceCurve}; m1, d, m2 are its three fields</td></tr>
 *   <tr><td>D_i, E_i, V_i, (F_i)</td><td>{@link RuntimeCurve}: REAL_TIME's inverse and eligible, LINK_SHARE, UPPER_LIMIT</td></tr>
 *   <tr><td>e_i, d_i</td><td>eligibleNs, deadlineNs; keys of wheel and heap in {@link RealTime}</td></tr>
 *   <tr><td>v_i</td><td>{@code LinkShare.virtual}; key in the parent's {@link Tournament}</td></tr>
 *   <tr><td>f_i (fit time)</td><td>fitNs; key of the parked heap in {@link Parents}</td></tr>
 *   <tr><td>c_i</td><td>{@code RT_WORK}, bytes by the real-time criterion</td></tr>
 *   <tr><td>w_i</td><td>{@code TOTAL}, bytes by both</td></tr>
 *   <tr><td>v^s_i</td><td>{@code Parents.system}, system virtual time of i's children</td></tr>
 *   <tr><td>a_i</td><td>the time {@code activate} is given</td></tr>
 * </table>
 *
 * <h2>Where we differ</h2>
 *
 * <ul>
 *   <li><b>System virtual time.</b> The paper starts a waking child midway between its siblings' smallest and greatest
 *       virtual time. We start it at the smallest of those that may be served, or where it was if that is later: start-time
 *       fair queueing (Goyal, Vin, Cheng, SIGCOMM 1996). Two backlogged siblings then differ by at most the sum of a
 *       largest packet's time at either share. The midpoint is further off whenever real-time service or an upper limit
 *       has driven one sibling far away: tc-hfsc(7) shows a waking class that starves for it. When a parent falls idle,
 *       the virtual time goes on to the furthest child, so a new busy period begins with equal chances.
 *   <li><b>Curves are pairs of lines</b>, not knees: the running minimum is exact and free of division, see {@link RuntimeCurve}.
 *   <li><b>Upper limits keep no old credit.</b> A limited class that was served slower than its limit may not catch up by
 *       more than a slack that covers a late worker ({@link HfscLimits}); others let it burst without bound.
 *   <li><b>A parked class is out of sight</b>: it waits in a heap of fit times, and comes back no further behind than its
 *       siblings' system virtual time. No scan of classes that do not fit, and no effect on one that wakes.
 *   <li><b>Selection is O(log n)</b> amortised: a tournament of virtual times, heaps of deadlines and fit times, and
 *       each packet moves its class at most once from a timing wheel of eligible times to the heap of deadlines. Virtual
 *       time goes round at 2^64, see {@link FixedPoint}.
 *   <li><b>Bypass</b> ({@link Bypass}): while nothing else may leave, a packet skips the queues, as if the link took each
 *       before the next came.
 *   <li><b>Wire bytes</b>: all curves count link overhead ({@link LinkOverhead}); queue limits count frames.
 * </ul>
 *
 * <h2>Threads, time, memory</h2>
 *
 * <p>Single writer: the worker that owns the port calls everything. Time is a parameter, in nanoseconds, from any origin
 * not negative, good for 292 years; if it goes back, the latest one counts. All memory is taken by the constructor.
 */
public final class HfscScheduler {
    private final ClassTable table;
    private final PacketQueues queues;
    private final BufferQuotas quotas;
    private final Prefetch prefetch;
    private final RealTime realTime;
    private final LinkShare linkShare;
    private final Dequeuer dequeuer;
    private final Bypass bypass;
    private final ClassStatistics statistics;
    private final ClassTree classes;
    private final WireLength wire;
    private long latestNs;

    /**
     * An idle port with a root and no classes.
     *
     * @throws IllegalStateException when the kernel gives no such memory; then none of it is taken
     */
    public HfscScheduler(HfscLimits limits) {
        new Region(limits.memoryBytes()).close(); // all or nothing: a part that was taken would have no owner
        table = new ClassTable(limits.maxClasses());
        Parents parents = new Parents(table);
        PacketPool pool = new PacketPool(limits.maxPackets());
        quotas = new BufferQuotas(limits.maxQuotas(), limits.maxPackets());
        queues = new PacketQueues(table, pool, quotas);
        CoDel codel = new CoDel(limits.maxClasses(), limits.largestFrameBytes());
        statistics = new ClassStatistics(table);
        prefetch = new Prefetch(table, parents, pool, quotas, statistics);
        wire = new WireLength(limits.overhead());
        realTime = new RealTime(table, prefetch, wire);
        linkShare = new LinkShare(table, parents, prefetch, limits.limitSlackNs());
        dequeuer = new Dequeuer(table, pool, queues, codel, statistics, wire);
        bypass = new Bypass(table, queues, realTime, linkShare, statistics, wire);
        classes = new ClassTree(table, parents, queues, quotas, codel, statistics, realTime, linkShare);
    }

    /** The tree, to be changed between bursts. */
    public ClassTree classes() {
        return classes;
    }

    /** The VPNs' buffer quotas, to be changed between bursts. */
    public BufferQuotas quotas() {
        return quotas;
    }

    /**
     * From the next packet on, counts so many bytes for each frame beyond its own, in place of {@link
     * LinkOverhead#addedBytes}; 0 to {@value LinkOverhead#MAX_BYTES}. Between bursts.
     */
    public void setOverhead(int addedBytes) {
        if (addedBytes < 0 || addedBytes > LinkOverhead.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "addedBytes must be 0 to " + LinkOverhead.MAX_BYTES + ", not " + addedBytes);
        }
        wire.setAdded(addedBytes);
    }

    /** What each class has done. */
    public ClassStatistics statistics() {
        return statistics;
    }

    /**
     * Announces the classes of packets that are about to be enqueued, those at {@code from} to {@code end - 1}, so that
     * their state is fetched at once instead of one after the other. Changes nothing; ids that name no class are skipped.
     */
    public void prefetch(int[] classIds, int from, int end) {
        prefetch.beforeEnqueue(classIds, from, end);
    }

    /**
     * Offers a packet to a leaf.
     *
     * @param packet the handle, given back when the packet is to be sent or freed
     * @param frameBytes the length of the frame, positive
     * @param ecnCodepoint the two ECN bits of its IP header, 0 if it has none; if not 0, CoDel marks instead of dropping
     * @return {@link QueueVerdict#QUEUED}, or why it was dropped: then the packet is the caller's, to be freed
     */
    public QueueVerdict enqueue(int classId, long packet, int frameBytes, int ecnCodepoint, long nowNs) {
        if (!table.isOpenLeaf(classId)) {
            statistics.onStray();
            return QueueVerdict.NO_CLASS;
        }
        long at = table.at(classId);
        QueueVerdict verdict = queues.verdict(at, frameBytes);
        if (verdict != QueueVerdict.QUEUED) {
            statistics.onDropped(classId, verdict);
            return verdict;
        }
        long now = advance(nowNs);
        if (queues.append(at, packet, frameBytes, ecnCodepoint, now)) {
            activate(classId, now);
        }
        return QueueVerdict.QUEUED;
    }

    /**
     * Lets packets bypass the queues: each as if it were enqueued and dequeued before the next comes. That is possible while
     * nothing that is queued may leave, and spares a packet its place in queue, wheel, heap and tournament.
     *
     * <p>They bypass only if the port's limit lets all of them go at once; else their order matters, and they are to be
     * enqueued. So is the first one that may not bypass; {@link #enqueue} says why.
     *
     * @param leaves the leaf of each packet
     * @param frameBytes the length of each frame, positive
     * @param from index of the first packet
     * @param end index behind the last
     * @return index behind the last that bypassed: those before are to be sent now, in this order
     */
    public int bypass(int[] leaves, int[] frameBytes, int from, int end, long nowNs) {
        return bypass.send(leaves, frameBytes, from, end, advance(nowNs));
    }

    /**
     * Fills a burst with what may leave now: until it is full, or nothing is backlogged and within its limits.
     *
     * @return the number of packets to send; there may be packets to free beside them
     */
    public int dequeue(long nowNs, DequeuedBurst burst) {
        long now = advance(nowNs);
        burst.clear();
        realTime.updateEligible(now);
        int leaf = realTime.select();
        while (leaf != NONE && burst.hasRoom()) {
            serveGuaranteed(leaf, now, burst);
            leaf = realTime.select();
        }
        if (leaf == NONE && burst.hasRoom()) {
            share(now, burst);
        }
        return burst.sentCount();
    }

    /**
     * The earliest time at which {@link #dequeue} may find a packet: in the past if now, {@link Long#MAX_VALUE} if
     * nothing is queued.
     */
    public long nextEventNs() {
        return Math.min(realTime.nextNs(), linkShare.nextNs());
    }

    /** Nothing is eligible, and what link share does makes nothing eligible at this time. */
    private void share(long nowNs, DequeuedBurst burst) {
        linkShare.prefetch(burst.room());
        while (burst.hasRoom()) {
            int leaf = linkShare.select(nowNs);
            if (leaf == NONE) {
                return;
            }
            serveShared(leaf, nowNs, burst);
        }
    }

    private void serveGuaranteed(int leaf, long nowNs, DequeuedBurst burst) {
        int wireBytes = dequeuer.take(leaf, nowNs, burst);
        realTime.charge(leaf, wireBytes);
        if (queues.packets(leaf) > 0) {
            realTime.proceed(leaf, nowNs);
            linkShare.serve(leaf, wireBytes, nowNs);
        } else {
            runEmpty(leaf, wireBytes, nowNs);
        }
    }

    private void serveShared(int leaf, long nowNs, DequeuedBurst burst) {
        int wireBytes = dequeuer.take(leaf, nowNs, burst);
        if (queues.packets(leaf) > 0) {
            realTime.newHead(leaf);
            linkShare.serve(leaf, wireBytes, nowNs);
        } else {
            runEmpty(leaf, wireBytes, nowNs);
        }
    }

    private void runEmpty(int leaf, int wireBytes, long nowNs) {
        linkShare.serveLast(leaf, wireBytes, nowNs);
        realTime.passivate(leaf);
        if (table.has(leaf, DRAINING)) {
            classes.erase(leaf);
        }
    }

    private void activate(int leaf, long nowNs) {
        if (table.hasCurve(leaf, REAL_TIME)) {
            realTime.activate(leaf, nowNs);
        }
        if (table.hasCurve(leaf, LINK_SHARE)) {
            linkShare.activate(leaf, nowNs);
        }
    }

    private long advance(long nowNs) {
        if (nowNs > latestNs) {
            latestNs = nowNs;
        }
        return latestNs;
    }
}
