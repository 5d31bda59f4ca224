package io.vireo.dataplane.schedule;

import static io.vireo.dataplane.schedule.ClassTable.BYTES;
import static io.vireo.dataplane.schedule.ClassTable.FIT;
import static io.vireo.dataplane.schedule.ClassTable.INTERIOR;
import static io.vireo.dataplane.schedule.ClassTable.LINK_SHARE;
import static io.vireo.dataplane.schedule.ClassTable.NONE;
import static io.vireo.dataplane.schedule.ClassTable.PARKED;
import static io.vireo.dataplane.schedule.ClassTable.ROOT;
import static io.vireo.dataplane.schedule.ClassTable.TOTAL;
import static io.vireo.dataplane.schedule.ClassTable.UPPER_LIMIT;
import static io.vireo.dataplane.schedule.ClassTable.VIRTUAL;
import static io.vireo.dataplane.schedule.ClassTable.at;

/**
 * The link-sharing criterion: from the root down, the backlogged child with the least virtual time among those whose
 * upper limit lets them (the paper, section IV.C; upper limits after Cherevko's addition to ALTQ).
 *
 * <p>A backlogged child stands in exactly one of two heaps of its parent: <i>fit</i>, by virtual time, or <i>parked</i>,
 * by the time at which its limit, or that of all its own children, lets it go on. A parked child is therefore never
 * looked at until its time has come, and its old virtual time holds nobody back. Whether a class is active is where it
 * stands, so there is no count of active children to get wrong.
 *
 * <p>Single writer.
 */
final class LinkShare {
    /** A child may be ahead of its siblings by an eighth of the circle: 104 days of virtual time. */
    static final long MAX_LEAD = 1L << 61;

    private static final int MOST_AT_ONCE = 8;

    private static final long ALWAYS = Long.MIN_VALUE;

    private final ClassTable table;
    private final Parents parents;
    private final Prefetch prefetch;
    private final long slackNs;
    private final int[] likely = new int[MOST_AT_ONCE];

    LinkShare(ClassTable table, Parents parents, Prefetch prefetch, long slackNs) {
        this.table = table;
        this.parents = parents;
        this.prefetch = prefetch;
        this.slackNs = slackNs;
    }

    /** Fetches the leaves that the next few selections are likely to find, two levels deep. */
    void prefetch(int selections) {
        int count = Math.min(Math.min(selections, MOST_AT_ONCE), parents.fitCount(ROOT));
        for (int i = 0; i < count; i++) {
            likely[i] = parents.fitIdAt(ROOT, i);
        }
        prefetch.parents(likely, count);
        for (int i = 0; i < count; i++) {
            boolean hasFit = table.has(likely[i], INTERIOR) && parents.fitCount(likely[i]) > 0;
            likely[i] = hasFit ? parents.leastVirtualId(likely[i]) : likely[i];
        }
        prefetch.beforeDequeue(likely, count);
    }

    /** The leaf to serve, or NONE if no class is backlogged and fit. */
    int select(long nowNs) {
        if (limitNs(ROOT) > nowNs) {
            return NONE;
        }
        int classId = ROOT;
        while (table.has(classId, INTERIOR)) {
            unparkDue(classId, nowNs);
            if (parents.fitCount(classId) == 0) {
                return NONE;
            }
            parents.advance(classId, parents.leastVirtual(classId));
            classId = parents.leastVirtualId(classId);
        }
        return classId == ROOT ? NONE : classId;
    }

    /** The earliest time at which {@link #select} may find a leaf, {@link Time#NEVER} if nothing is backlogged. */
    long nextNs() {
        if (!parents.hasActive(ROOT)) {
            return Time.NEVER;
        }
        return Math.max(limitNs(ROOT), childrenFitNs(ROOT));
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
        joinLimit(ROOT, nowNs);
    }

    /** A leaf is backlogged no more, without having been served. */
    void passivate(int leaf, long nowNs) {
        serve(leaf, 0, true, nowNs);
    }

    /**
     * Accounts for {@code bytes} that a leaf has sent, by either criterion, in it and in all above.
     *
     * @param isEmptied whether the leaf has nothing more to send
     */
    void serve(int leaf, int bytes, boolean isEmptied, long nowNs) {
        boolean isLeaving = isEmptied;
        int child = leaf;
        while (child != ROOT) {
            int parent = table.parent(child);
            table.words.add(at(child) + TOTAL, bytes);
            if (table.isActive(child)) {
                if (isLeaving) {
                    leave(child, parent);
                } else {
                    proceed(child, parent, nowNs);
                }
                isLeaving = isLeaving && !parents.hasActive(parent);
            } else {
                isLeaving = false;
            }
            child = parent;
        }
        table.words.add(at(ROOT) + TOTAL, bytes);
        trailLimit(ROOT, nowNs);
    }

    /** A class's limit or slope has changed: puts it and those above where they belong. */
    void refit(int from, long nowNs) {
        int child = from;
        while (child != ROOT && table.isActive(child)) {
            int parent = table.parent(child);
            place(child, parent, nowNs);
            child = parent;
        }
    }

    /** Takes up virtual time and limit of a class that is backlogged, after its curves were altered. */
    void resume(int child, long nowNs) {
        proceed(child, table.parent(child), nowNs);
        refit(table.parent(child), nowNs);
    }

    /** A class is new to its parent: it starts at the parent's virtual time with nothing to its account. */
    void attach(int child, int parent) {
        restart(child, parent);
        stamp(child, parent);
    }

    private void join(int child, int parent, long nowNs) {
        int at = at(child);
        refreshSystem(parent);
        if (isStale(child, parent)) {
            restart(child, parent);
        } else {
            LINK_SHARE.update(table.words, at, parents.system(parent), table.words.get(at + TOTAL));
            table.words.set(at + VIRTUAL, LINK_SHARE.inverse(table.words, at, table.words.get(at + TOTAL)));
        }
        joinLimit(child, nowNs);
        long fitNs = fitNs(child);
        if (fitNs <= nowNs) {
            addFit(child, parent);
        } else {
            addParked(child, parent, fitNs);
        }
    }

    private void leave(int child, int parent) {
        refreshSystem(parent);
        catchUp(child, parent);
        parents.noteLeaving(parent, table.word(child, VIRTUAL));
        if (table.has(child, FIT)) {
            removeFit(child, parent);
        } else {
            removeParked(child, parent);
        }
        stamp(child, parent);
        if (!parents.hasActive(parent)) {
            parents.endBusyPeriod(parent);
        }
    }

    private void proceed(int child, int parent, long nowNs) {
        catchUp(child, parent);
        trailLimit(child, nowNs);
        place(child, parent, nowNs);
    }

    /** The virtual time after service; a parked class does not fall behind its siblings (tc-hfsc(7), "ul"). */
    private void catchUp(int child, int parent) {
        int at = at(child);
        long virtual = LINK_SHARE.inverse(table.words, at, table.words.get(at + TOTAL));
        table.words.set(at + VIRTUAL, virtual);
        if (table.has(child, PARKED)) {
            lift(child, parent);
            stamp(child, parent);
        } else if (virtual - parents.system(parent) > MAX_LEAD) {
            curb(child, parent);
        }
    }

    /** Puts an active child into the heap it belongs to, with the right key. */
    private void place(int child, int parent, long nowNs) {
        long fitNs = fitNs(child);
        boolean isFit = fitNs <= nowNs;
        if (table.has(child, FIT)) {
            if (isFit) {
                parents.updateFit(parent, table.word(child, VIRTUAL), child);
            } else {
                removeFit(child, parent);
                addParked(child, parent, fitNs);
            }
        } else if (isFit) {
            refreshSystem(parent);
            unpark(child, parent);
        } else {
            parents.updateParked(parent, fitNs, child);
        }
    }

    private void unparkDue(int parent, long nowNs) {
        if (parents.parkedCount(parent) == 0 || parents.leastFitNs(parent) > nowNs) {
            return;
        }
        refreshSystem(parent);
        while (parents.parkedCount(parent) > 0 && parents.leastFitNs(parent) <= nowNs) {
            unpark(parents.leastFitId(parent), parent);
        }
    }

    /** Lets a parked child back among the fit; v^s must be fresh. */
    private void unpark(int child, int parent) {
        removeParked(child, parent);
        lift(child, parent);
        addFit(child, parent);
    }

    private void addFit(int child, int parent) {
        parents.addFit(parent, table.word(child, VIRTUAL), child);
        table.raise(child, FIT);
    }

    private void removeFit(int child, int parent) {
        parents.removeFit(parent, child);
        table.lower(child, FIT);
    }

    private void addParked(int child, int parent, long fitNs) {
        parents.addParked(parent, fitNs, child);
        table.raise(child, PARKED);
        stamp(child, parent);
    }

    private void removeParked(int child, int parent) {
        parents.removeParked(parent, child);
        table.lower(child, PARKED);
    }

    // ---- virtual time ----

    /** Real-time service moves children on without a selection; before v^s is used it must know. */
    private void refreshSystem(int parent) {
        if (parents.fitCount(parent) > 0) {
            parents.advance(parent, parents.leastVirtual(parent));
        }
    }

    private void lift(int child, int parent) {
        long system = parents.system(parent);
        if (isStale(child, parent)) {
            restart(child, parent);
            return;
        }
        int at = at(child);
        long behind = system - table.words.get(at + VIRTUAL);
        if (behind > 0) {
            LINK_SHARE.delay(table.words, at, behind);
            table.words.set(at + VIRTUAL, system);
        }
    }

    private void restart(int child, int parent) {
        int at = at(child);
        long system = parents.system(parent);
        LINK_SHARE.restart(table.words, at, system, table.words.get(at + TOTAL));
        table.words.set(at + VIRTUAL, system);
    }

    /** Keeps a class that real-time service drives far ahead of its share within the half circle. */
    private void curb(int child, int parent) {
        refreshSystem(parent);
        int at = at(child);
        long furthest = parents.system(parent) + MAX_LEAD;
        long beyond = table.words.get(at + VIRTUAL) - furthest;
        if (beyond > 0) {
            LINK_SHARE.delay(table.words, at, -beyond);
            table.words.set(at + VIRTUAL, furthest);
        }
    }

    private void stamp(int child, int parent) {
        table.setPair(child, BYTES, table.high(child, BYTES), parents.turns(parent));
    }

    /** Whether v^s has gone so far since the child left that its old virtual time cannot be told from a later one. */
    private boolean isStale(int child, int parent) {
        return parents.turns(parent) - table.low(child, BYTES) > 1;
    }

    // ---- upper limit ----

    private long fitNs(int child) {
        long limitNs = limitNs(child);
        return table.has(child, INTERIOR) ? Math.max(limitNs, childrenFitNs(child)) : limitNs;
    }

    private long childrenFitNs(int parent) {
        return parents.fitCount(parent) > 0 ? ALWAYS : parents.leastFitNs(parent);
    }

    private long limitNs(int classId) {
        int at = at(classId);
        return UPPER_LIMIT.isPresent(table.words, at)
                ? UPPER_LIMIT.inverse(table.words, at, table.words.get(at + TOTAL))
                : ALWAYS;
    }

    private void joinLimit(int classId, long nowNs) {
        int at = at(classId);
        if (UPPER_LIMIT.isPresent(table.words, at)) {
            UPPER_LIMIT.update(table.words, at, nowNs - slackNs, table.words.get(at + TOTAL));
        }
    }

    private void trailLimit(int classId, long nowNs) {
        int at = at(classId);
        if (UPPER_LIMIT.isPresent(table.words, at)) {
            UPPER_LIMIT.trail(table.words, at, nowNs - slackNs, table.words.get(at + TOTAL));
        }
    }
}
