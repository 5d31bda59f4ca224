package io.vireo.control.node.ike;

import io.vireo.control.node.keys.TunnelKeys;
import io.vireo.control.node.secret.SecretFileException;
import io.vireo.control.view.EspStatus;
import io.vireo.control.view.IkeStatus;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One tunnel, and what charon does for it. Only the daemon's thread uses it. */
final class Negotiation {
    private static final long FIRST_RETRY_NS = 2_000_000_000L;
    private static final long LAST_RETRY_NS = 30_000_000_000L;

    private final IkeConnection connection;
    private final IkeTunnel tunnel;
    private final Map<String, String> failures;
    private final IkeStatuses statuses;
    private boolean isLoaded;
    private long nextAttemptNs;
    private long retryNs = FIRST_RETRY_NS;
    private @Nullable String reason;

    /**
     * @param failures what charon's log says of connections, by their names; what is of this one is taken out.
     * @param statuses get its state.
     */
    Negotiation(
            IkeConnection connection, TunnelKeys keys, Map<String, String> failures, IkeStatuses statuses, long nowNs) {
        this.connection = connection;
        this.failures = failures;
        this.statuses = statuses;
        tunnel = new IkeTunnel(
                connection.plan(),
                connection.esp().algorithm().keyBytes(),
                keys,
                nowNs,
                failure -> failures.put(connection.name(), failure));
        nextAttemptNs = nowNs;
    }

    IkeConnection connection() {
        return connection;
    }

    /** Charon agreed upon keys. */
    void onChildKeys(ChildKeys child, long nowNs) {
        reason = null;
        tunnel.onChildKeys(child, nowNs);
    }

    /** Charon deleted keys, if they are of this tunnel. */
    void onChildDeleted(int inboundSpi, long nowNs) {
        if (tunnel.has(inboundSpi)) {
            tunnel.onChildDeleted(inboundSpi, nowNs);
        }
    }

    /** There is to be no such connection any more. */
    void unload(ViciClient vici) throws IOException, ViciException {
        connection.unload(vici);
        tunnel.charonEnded();
        failures.remove(connection.name());
        statuses.byPath().remove(connection.path());
    }

    void charonEnded() {
        isLoaded = false;
        nextAttemptNs = System.nanoTime();
        retryNs = FIRST_RETRY_NS;
        tunnel.charonEnded();
    }

    /**
     * Looks after it once.
     *
     * @param sas of IKE, now.
     * @param status of the data plane's keys; null: there is no data plane.
     */
    void look(ViciClient vici, List<ViciMessage> sas, @Nullable EspStatus status, long nowNs)
            throws IOException, ViciException {
        String failure = failures.remove(connection.name());
        reason = failure == null ? reason : failure;
        ViciMessage established = sas.stream()
                .filter(sa -> sa.value("state", "").equals("ESTABLISHED"))
                .reduce((before, sa) -> sa)
                .orElse(null);
        boolean hasChild = established != null && !children(established).isEmpty();
        onListed(sas, nowNs);
        if (status != null && tunnel.doWork(status, nowNs)) {
            connection.rekey(vici);
        }
        if (hasChild) {
            retryNs = FIRST_RETRY_NS;
            nextAttemptNs = nowNs + FIRST_RETRY_NS;
            if (failure == null) {
                reason = null;
            }
        } else if (nowNs - nextAttemptNs >= 0 && (sas.isEmpty() || established != null)) {
            attempt(vici, nowNs);
        }
        if (established != null) {
            String proposal = established.value("encr-alg", "?") + "-" + established.value("encr-keysize", "?") + "/"
                    + established.value("prf-alg", "?") + "/" + established.value("dh-group", "?");
            statuses.report(
                    connection,
                    IkeStatus.ESTABLISHED,
                    proposal,
                    Long.parseLong(established.value("established", "0")),
                    reason);
        } else {
            statuses.report(connection, sas.isEmpty() ? IkeStatus.DOWN : IkeStatus.CONNECTING, null, 0, waiting());
        }
    }

    /** While one has no SPI in the list, for it comes or goes, nothing is known. */
    private void onListed(List<ViciMessage> sas, long nowNs) {
        List<String> spis = sas.stream()
                .flatMap(sa -> children(sa).stream())
                .map(child -> child.value("spi-in", ""))
                .toList();
        if (!spis.contains("")) {
            tunnel.onListed(
                    spis.stream().map(spi -> Integer.parseUnsignedInt(spi, 16)).collect(Collectors.toSet()), nowNs);
        }
    }

    private static Collection<ViciMessage> children(ViciMessage sa) {
        return sa.section("child-sas").sections().values();
    }

    private @Nullable String waiting() {
        return reason == null && isLoaded && !connection.ike().initiates()
                ? "it waits for the far end to begin"
                : reason;
    }

    /** Its secrets are read each time: a file that was wrong may be right now. */
    private void attempt(ViciClient vici, long nowNs) throws IOException, ViciException {
        nextAttemptNs = nowNs + retryNs;
        retryNs = Math.min(2 * retryNs, LAST_RETRY_NS);
        try {
            connection.load(vici);
            isLoaded = true;
        } catch (ViciException e) {
            reason = "charon: " + e.getMessage();
            return;
        } catch (SecretFileException e) {
            reason = e.getMessage();
            return;
        }
        if (connection.ike().initiates()) {
            connection.initiate(vici);
        }
    }
}
