package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.FIT;
import static io.vireo.dataplane.schedule.ClassTable.INTERIOR;
import static io.vireo.dataplane.schedule.ClassTable.LINKS;
import static io.vireo.dataplane.schedule.ClassTable.LINK_SHARE;
import static io.vireo.dataplane.schedule.ClassTable.NONE;
import static io.vireo.dataplane.schedule.ClassTable.PARKED;
import static io.vireo.dataplane.schedule.ClassTable.ROOT;
import static io.vireo.dataplane.schedule.ClassTable.SEAT;
import static io.vireo.dataplane.schedule.ClassTable.TOTAL;
import static io.vireo.dataplane.schedule.ClassTable.UPPER_LIMIT;

/**
 * The link-sharing criterion: from the root down, the backlogged child with the smallest virtual time among those whose
 * upper limit lets them (the paper, section IV.C; upper limits after Cherevko's addition to ALTQ).
 *
 * <p>A backlogged child is either <i>fit</i> and plays in its parent's {@link Tournament} of virtual times, or
 * <i>parked</i> in a heap of the times at which its limit, or that of all its own children, lets it go on. A parked child is therefore never
 * looked at until its time has come, and its old virtual time holds nobody back. Whether a class is active is where it
 * stands, so there is no count of active children to get wrong.
 *
 * <p>Single writer.
 */
final class LinkShare {
    /** A child may be ahead of its siblings by an eighth of the circle: 104 days of virtual time. */
    static final long MAX_LEAD = 1L << 61;

    private static final int MAX_BATCH = 32;
    private static final int PREFETCHED_LEVELS = 2;
    /** With fewer children the tree is in the second-level cache anyway. */
    private static final int WORTH_PREFETCHING = 512;

    private static final long MAX_REACH = MAX_LEAD >> 1;

    private static final long ALWAYS = Long.MIN_VALUE;

    private final ClassTable table;
    private final Parents parents;
    private final Prefetch prefetch;
    private final long slackNs;
    private final int[] likely = new int[MAX_BATCH];
    private long reach;

    LinkShare(ClassTable table, Parents parents, Prefetch prefetch, long slackNs) {
        this.table = table;
        this.parents = parents;
        this.prefetch = prefetch;
        this.slackNs = slackNs;
    }

    /**
     * Fetches the leaves that the next selections are likely to find: below the root's children that are nearest to v^s.
     * How near adapts, so that there are about as many as selections.
     */
    void prefetch(int selections) {
        if (parents.fitCount(ROOT) < WORTH_PREFETCHING) {
            return;
        }
        int wanted = Math.min(selections, MAX_BATCH);
        int count = parents.fitUntil(ROOT, reach, wanted, likely);
        reach = count < wanted ? Math.min(MAX_REACH, reach + (reach >> 3) + 1) : reach - (reach >> 3);
        for (int level = 0; level < PREFETCHED_LEVELS; level++) {
            prefetch.parents(likely, count);
            for (int i = 0; i < count; i++) {
                boolean hasFit = table.has(likely[i], INTERIOR) && parents.fitCount(likely[i]) > 0;
                likely[i] = hasFit ? parents.minVirtualId(likely[i]) : likely[i];
            }
        }
        prefetch.beforeDequeue(likely, count);
    }

    /** The leaf to serve, or NONE if no class is backlogged and fit. */
    int select(long nowNs) {
        if (limitNs(table.at(ROOT)) > nowNs) {
            return NONE;
        }
        int classId = ROOT;
        while (table.has(classId, INTERIOR)) {
            unparkDue(classId, nowNs);
            if (parents.fitCount(classId) == 0) {
                return NONE;
            }
            parents.advance(classId, parents.minVirtual(classId));
            classId = parents.minVirtualId(classId);
        }
        return classId == ROOT ? NONE : classId;
    }

    /** Whether the port's own limit lets so many bytes go now. */
    boolean fitsPortLimit(long bytes, long nowNs) {
        long at = table.at(ROOT);
        if (!parents.hasActive(ROOT)) {
            joinLimit(at, nowNs);
        }
        return limitNs(at, bytes) <= nowNs;
    }

    /** Whether a leaf, which is idle, is alone in what is below the port, and within the limits there. */
    boolean mayBypass(int leaf, long nowNs) {
        int child = leaf;
        while (child != ROOT) {
            long at = table.at(child);
            if (UPPER_LIMIT.isPresent(at) && !startLimit(at, nowNs)) {
                return false;
            }
            child = table.parent(child);
            if (!isAlone(child)) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #mayBypass}, of a leaf that has no share: it asks no limits. */
    boolean mayBypassUnshared(int leaf) {
        int parent = table.parent(leaf);
        while (isAlone(parent) && parent != ROOT) {
            parent = table.parent(parent);
        }
        return parent == ROOT;
    }

    private boolean isAlone(int parent) {
        return parent == ROOT || !parents.hasActive(parent);
    }

    /**
     * Accounts for a packet that a leaf sends in the moment in which it comes, when it {@linkplain #mayBypass may} and no other
     * may: as {@link #activate} and {@link #serveLast}, without a place for the time between.
     */
    void account(int leaf, int bytes, long nowNs) {
        int child = leaf;
        while (child != ROOT) {
            long at = table.at(child);
            int parent = table.parent(child);
            if (parents.hasActive(parent)) {
                accountBeside(at, parent, bytes);
            } else {
                accountAlone(at, parent, bytes);
            }
            child = parent;
        }
        chargePort(bytes, nowNs);
    }

    /** The child is the furthest, and all of its parent's busy period. */
    private void accountAlone(long at, int parent, int bytes) {
        int wraps = parents.wraps(parent);
        if (wraps != Words.low(at + SEAT)) {
            renew(at, parent);
        }
        long total = Words.get(at + TOTAL);
        Words.set(at + TOTAL, total + bytes);
        parents.advance(parent, LINK_SHARE.span(at, parents.system(parent), total, bytes));
    }

    private void renew(long at, int parent) {
        if (isStale(at, parent)) {
            restart(at, parent);
        }
        stamp(at, parent);
    }

    /** There are siblings, who wait for their limits. */
    private void accountBeside(long at, int parent, int bytes) {
        start(at, parent);
        parents.advance(parent, virtual(at));
        Words.add(at + TOTAL, bytes);
        parents.updateLead(parent, virtual(at));
        stamp(at, parent);
    }

    /** As {@link #account}, of a leaf that has no share: no virtual time advances. */
    void accountUnshared(int leaf, int bytes, long nowNs) {
        for (int child = leaf; child != ROOT; child = table.parent(child)) {
            Words.add(table.at(child) + TOTAL, bytes);
        }
        chargePort(bytes, nowNs);
    }

    private void chargePort(int bytes, long nowNs) {
        long at = table.at(ROOT);
        Words.add(at + TOTAL, bytes);
        trailLimit(at, nowNs);
    }

    /** The earliest time at which {@link #select} may find a leaf, {@link Time#NEVER} if nothing is backlogged. */
    long nextNs() {
        if (!parents.hasActive(ROOT)) {
            return Time.NEVER;
        }
        return Math.max(limitNs(table.at(ROOT)), childrenFitNs(ROOT));
    }

    /** A leaf with a link-share curve has become backlogged. */
    void activate(int leaf, long nowNs) {
        int child = leaf;
        while (child != ROOT) {
            int parent = table.parent(child);
            boolean wasActive = parents.hasActive(parent);
            join(child, parent, nowNs);
            if (wasActive) {
                refit(parent, nowNs);
                return;
            }
            child = parent;
        }
        joinLimit(table.at(ROOT), nowNs);
    }

    /** A leaf is backlogged no more, without having been served. */
    void passivate(int leaf, long nowNs) {
        serveLast(leaf, 0, nowNs);
    }

    /** Accounts for {@code bytes} that a leaf has sent, by either criterion, in it and in all above. */
    void serve(int leaf, int bytes, long nowNs) {
        int child = leaf;
        while (child != ROOT) {
            long at = table.at(child);
            long links = Words.get(at + LINKS);
            int parent = (int) (links >>> 32);
            Words.add(at + TOTAL, bytes);
            if ((links & (FIT | PARKED)) != 0) {
                proceed(child, at, parent, nowNs);
            }
            child = parent;
        }
        chargePort(bytes, nowNs);
    }

    /** As {@link #serve}, and the leaf has nothing more to send. */
    void serveLast(int leaf, int bytes, long nowNs) {
        int child = leaf;
        boolean isLeaving = table.isActive(leaf);
        while (isLeaving) {
            int parent = table.parent(child);
            Words.add(table.at(child) + TOTAL, bytes);
            leave(child, parent);
            child = parent;
            isLeaving = child != ROOT && !parents.hasActive(child) && table.isActive(child);
        }
        serve(child, bytes, nowNs);
    }

    /** A class's limit or slope has changed: puts it and those above where they belong. */
    void refit(int from, long nowNs) {
        int child = from;
        while (child != ROOT && table.isActive(child)) {
            int parent = table.parent(child);
            place(child, table.at(child), parent, nowNs);
            child = parent;
        }
    }

    /** Takes up virtual time and limit of a class that is backlogged, after its curves were altered. */
    void resume(int child, long nowNs) {
        proceed(child, table.at(child), table.parent(child), nowNs);
        refit(table.parent(child), nowNs);
    }

    /** A class is new to its parent: it starts at the parent's virtual time with nothing to its account. */
    void attach(int child, int parent) {
        long at = table.at(child);
        restart(at, parent);
        stamp(at, parent);
    }

    private void join(int child, int parent, long nowNs) {
        long at = table.at(child);
        refreshSystem(parent);
        start(at, parent);
        joinLimit(at, nowNs);
        long fitNs = fitNs(child, at);
        if (fitNs <= nowNs) {
            addFit(child, at, parent);
        } else {
            addParked(child, at, parent, fitNs);
        }
    }

    /** A backlogged period of the class starts at v^s, which must be fresh. */
    private void start(long at, int parent) {
        if (isStale(at, parent)) {
            restart(at, parent);
        } else {
            LINK_SHARE.update(at, parents.system(parent), Words.get(at + TOTAL));
        }
    }

    private void leave(int child, int parent) {
        long at = table.at(child);
        refreshSystem(parent);
        parents.updateLead(parent, catchUp(at, parent));
        if (ClassTable.has(at, FIT)) {
            removeFit(child, at, parent);
        } else {
            removeParked(child, at, parent);
        }
        stamp(at, parent);
        if (!parents.hasActive(parent)) {
            parents.endBusyPeriod(parent);
        }
    }

    private void proceed(int child, long at, int parent, long nowNs) {
        long virtual = catchUp(at, parent);
        trailLimit(at, nowNs);
        if (place(child, at, parent, nowNs)) {
            parents.updateFit(parent, virtual, child);
        }
    }

    /** The virtual time after service; a parked class does not fall behind its siblings (tc-hfsc(7), "ul"). */
    private long catchUp(long at, int parent) {
        if (ClassTable.has(at, PARKED)) {
            lift(at, parent);
            stamp(at, parent);
            return virtual(at);
        }
        long virtual = virtual(at);
        return virtual - parents.system(parent) > MAX_LEAD ? curb(at, parent, virtual) : virtual;
    }

    /** Puts an active child among the fit or the parked, as it belongs; whether it is, and was, fit. */
    private boolean place(int child, long at, int parent, long nowNs) {
        long fitNs = fitNs(child, at);
        boolean isFit = fitNs <= nowNs;
        if (ClassTable.has(at, FIT)) {
            if (!isFit) {
                removeFit(child, at, parent);
                addParked(child, at, parent, fitNs);
            }
            return isFit;
        }
        if (isFit) {
            refreshSystem(parent);
            unpark(child, at, parent);
        } else {
            parents.updateParked(parent, fitNs, child);
        }
        return false;
    }

    private void unparkDue(int parent, long nowNs) {
        if (parents.parkedCount(parent) == 0 || parents.minFitNs(parent) > nowNs) {
            return;
        }
        refreshSystem(parent);
        while (parents.parkedCount(parent) > 0 && parents.minFitNs(parent) <= nowNs) {
            int child = parents.minFitId(parent);
            unpark(child, table.at(child), parent);
        }
    }

    /** Lets a parked child back among the fit; v^s must be fresh. */
    private void unpark(int child, long at, int parent) {
        removeParked(child, at, parent);
        lift(at, parent);
        addFit(child, at, parent);
    }

    private void addFit(int child, long at, int parent) {
        parents.addFit(parent, virtual(at), child);
        ClassTable.raise(at, FIT);
    }

    private void removeFit(int child, long at, int parent) {
        parents.removeFit(parent, child);
        ClassTable.lower(at, FIT);
    }

    private void addParked(int child, long at, int parent, long fitNs) {
        parents.addParked(parent, fitNs, child);
        ClassTable.raise(at, PARKED);
        stamp(at, parent);
    }

    private void removeParked(int child, long at, int parent) {
        parents.removeParked(parent, child);
        ClassTable.lower(at, PARKED);
    }

    // ---- virtual time ----

    /** Real-time service moves children on without a selection; before v^s is used it must know. */
    private void refreshSystem(int parent) {
        if (parents.fitCount(parent) > 0) {
            parents.advance(parent, parents.minVirtual(parent));
        }
    }

    /** The paper's v: what the class has been given, put through its curve. */
    private static long virtual(long at) {
        return LINK_SHARE.inverse(at, Words.get(at + TOTAL));
    }

    private void lift(long at, int parent) {
        if (isStale(at, parent)) {
            restart(at, parent);
            return;
        }
        long behind = parents.system(parent) - virtual(at);
        if (behind > 0) {
            LINK_SHARE.delay(at, behind);
        }
    }

    private void restart(long at, int parent) {
        LINK_SHARE.restart(at, parents.system(parent), Words.get(at + TOTAL));
    }

    /** Keeps a class that real-time service drives far ahead of its share within the half circle. */
    private long curb(long at, int parent, long virtual) {
        refreshSystem(parent);
        long furthest = parents.system(parent) + MAX_LEAD;
        long beyond = virtual - furthest;
        if (beyond <= 0) {
            return virtual;
        }
        LINK_SHARE.delay(at, -beyond);
        return furthest;
    }

    private void stamp(long at, int parent) {
        Words.setPair(at + SEAT, Words.high(at + SEAT), parents.wraps(parent));
    }

    /** Whether v^s has gone so far since the child left that its old virtual time cannot be told from a later one. */
    private boolean isStale(long at, int parent) {
        return parents.wraps(parent) - Words.low(at + SEAT) > 1;
    }

    // ---- upper limit ----

    private long fitNs(int child, long at) {
        long limitNs = limitNs(at);
        return ClassTable.has(at, INTERIOR) ? Math.max(limitNs, childrenFitNs(child)) : limitNs;
    }

    private long childrenFitNs(int parent) {
        return parents.fitCount(parent) > 0 ? ALWAYS : parents.minFitNs(parent);
    }

    private static long limitNs(long at) {
        return limitNs(at, 0);
    }

    /** When the limit lets go what comes after so many bytes more. */
    private static long limitNs(long at, long bytes) {
        return UPPER_LIMIT.isPresent(at) ? UPPER_LIMIT.inverse(at, Words.get(at + TOTAL) + bytes) : ALWAYS;
    }

    /** Whether a limit, whose class begins to be backlogged, lets it go now. */
    private boolean startLimit(long at, long nowNs) {
        long total = Words.get(at + TOTAL);
        UPPER_LIMIT.update(at, nowNs - slackNs, total);
        return UPPER_LIMIT.inverse(at, total) <= nowNs;
    }

    private void joinLimit(long at, long nowNs) {
        if (UPPER_LIMIT.isPresent(at)) {
            UPPER_LIMIT.update(at, nowNs - slackNs, Words.get(at + TOTAL));
        }
    }

    private void trailLimit(long at, long nowNs) {
        if (UPPER_LIMIT.isPresent(at)) {
            UPPER_LIMIT.trail(at, nowNs - slackNs, Words.get(at + TOTAL));
        }
    }
}
