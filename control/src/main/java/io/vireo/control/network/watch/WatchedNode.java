package io.vireo.control.network.watch;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is known of one node. Written by one poll at a time, read by anybody. */
final class WatchedNode {
    /** A node that is asked and says nothing for so long does not answer. */
    static final long ANSWER_NS = TimeUnit.SECONDS.toNanos(3);

    private static final double NS_PER_SECOND = 1e9;
    private static final int BITS_PER_BYTE = 8;

    private final String name;
    private @Nullable NodeReport report; // all guarded by this
    private Map<String, Long> sentBitsPerSecond = Map.of();
    private boolean isAsked;
    private boolean isReachable = true; // until the first answer says otherwise
    private String error = "";
    private @Nullable Instant since;
    private long answeredNs;
    private long beganNs;
    private long driftVersion = -1;
    private String driftPart = "";
    private String drift = "";

    WatchedNode(String name, long nowNs) {
        this.name = name;
        answeredNs = nowNs;
    }

    String name() {
        return name;
    }

    /** Whether the node is to be asked now, and is from now on. */
    synchronized boolean begin(long nowNs, long periodNs) {
        if (isAsked || (beganNs != 0 && nowNs - beganNs < periodNs)) {
            return false;
        }
        isAsked = true;
        beganNs = nowNs;
        return true;
    }

    /** Asks it. The nodes that hang keep this thread and no other. */
    void poll(NodeReader reader, String api, String part, long nowNs) {
        try {
            NodeReport current = reader.read(api);
            String found = isDriftKnown(current, part) ? null : reader.drift(api, part);
            answered(current, part, found, nowNs);
        } catch (IOException | RuntimeException e) {
            failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private synchronized boolean isDriftKnown(NodeReport current, String part) {
        return current.configVersion() == driftVersion && part.equals(driftPart);
    }

    private synchronized void answered(NodeReport current, String part, @Nullable String found, long nowNs) {
        if (found != null) {
            drift = found;
            driftVersion = current.configVersion();
            driftPart = part;
        }
        Map<String, Long> rates = new HashMap<>();
        if (report != null && nowNs > answeredNs) {
            NodeReport last = report;
            double seconds = (nowNs - answeredNs) / NS_PER_SECOND;
            current.links().forEach((path, link) -> {
                NodeReport.LinkReport before = last.links().get(path);
                if (before != null && link.sentBytes() >= before.sentBytes()) {
                    rates.put(path, Math.round((link.sentBytes() - before.sentBytes()) * BITS_PER_BYTE / seconds));
                }
            });
        }
        sentBitsPerSecond = rates;
        report = current;
        answeredNs = nowNs;
        isAsked = false;
        error = "";
    }

    private synchronized void failed(String text) {
        error = text;
        isAsked = false;
    }

    /** Whether it answers; changes of that are counted from {@code time}. Returns true when it has just changed. */
    synchronized boolean updateReachable(long nowNs, Instant time) {
        boolean answers = error.isEmpty() && !(isAsked && nowNs - Math.max(answeredNs, beganNs) > ANSWER_NS);
        boolean hasChanged = answers != isReachable;
        if (hasChanged || since == null) {
            since = time;
        }
        isReachable = answers;
        return hasChanged;
    }

    /** How long it has not answered. */
    synchronized long silentNs(long nowNs) {
        return isReachable ? 0 : nowNs - answeredNs;
    }

    /** What it said last, or null before. */
    synchronized @Nullable NodeReport report() {
        return report;
    }

    synchronized NodeView view() {
        return new NodeView(
                name,
                isReachable,
                error,
                since,
                report == null ? null : report.configVersion(),
                report != null && report.isForwarding(),
                report != null && drift.isEmpty(),
                drift);
    }

    synchronized long sentBitsPerSecond(String path) {
        return sentBitsPerSecond.getOrDefault(path, 0L);
    }
}
