package io.vireo.control.cli;

import io.vireo.control.view.KeepaliveStatus;
import io.vireo.control.view.LinkStatus;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The virtual links, with the rates between two samples of their counters. Time is a parameter. */
final class LinkView implements LiveView {
    private static final String NONE = "";
    private static final double PERCENT = 100;

    private Map<String, LinkStatus> before = Map.of();
    private Map<String, LinkStatus> now = Map.of();
    private long beforeNs;
    private long nowNs;

    @Override
    public JsonNode sample(ControlClient client) {
        add(client.get("/v1/links"), System.nanoTime());
        return ControlClient.JSON.valueToTree(rates());
    }

    /** Adds an answer of {@code /v1/links} and its time. */
    void add(JsonNode links, long timeNs) {
        before = now;
        beforeNs = nowNs;
        nowNs = timeNs;
        now = new LinkedHashMap<>();
        Arrays.stream(ControlClient.JSON.treeToValue(links, LinkStatus[].class))
                .forEach(each -> now.put(each.path(), each));
    }

    /** What each link carried between the last two samples, in the order of their paths. */
    List<LinkRates> rates() {
        return now.values().stream()
                .map(each -> LinkRates.between(before.get(each.path()), each, nowNs - beforeNs))
                .toList();
    }

    @Override
    public String table(int maxRows) {
        Table table = new Table(
                "link",
                "kind",
                "underlay",
                "ends",
                "mtu",
                "state",
                "since",
                "guaranteed",
                "tx bit/s",
                "rx bit/s",
                "tx packets",
                "rx packets",
                "dropped",
                "queue dropped",
                "queue p99",
                "keepalive",
                "emulation");
        rates().stream().limit(Math.max(1, maxRows)).map(LinkView::row).forEach(table::row);
        return table.toText();
    }

    private static Object[] row(LinkRates rates) {
        LinkStatus link = rates.status();
        boolean isScheduled = link.schedulingPort() != null;
        return new Object[] {
            link.path(),
            link.kind(),
            link.underlay(),
            ends(link),
            Integer.toString(link.mtu()),
            state(link),
            link.since() == null ? NONE : Times.brief(link.since().toString()),
            link.guaranteedBitsPerSecond() == 0 ? NONE : Scaled.of(link.guaranteedBitsPerSecond()),
            Scaled.of(rates.deliveredBitsPerSecond()),
            Scaled.of(rates.receivedBitsPerSecond()),
            link.counts().txPackets(),
            link.counts().rxPackets(),
            link.counts().dropPackets(),
            isScheduled ? link.queueDropPackets() : NONE,
            rates.queueDelays().maxNs() == 0
                    ? NONE
                    : Scaled.time(rates.queueDelays().p99Ns()),
            link.keepalive() == null ? NONE : keepalive(link.keepalive()),
            link.emulation()
        };
    }

    private static String keepalive(KeepaliveStatus keepalive) {
        String lost = String.format(
                Locale.ROOT, "%.1f%% lost", PERCENT * keepalive.lost() / Math.max(1, keepalive.requests()));
        return keepalive.roundTripNs() == 0 ? lost : Scaled.time(keepalive.roundTripNs()) + ", " + lost;
    }

    private static String ends(LinkStatus link) {
        return link.remote().isEmpty() ? NONE : (link.local() + " -> " + link.remote()).trim();
    }

    private static String state(LinkStatus link) {
        String state = link.state().name().toLowerCase(Locale.ROOT);
        return link.reason().isEmpty() ? state : state + ": " + link.reason();
    }
}
