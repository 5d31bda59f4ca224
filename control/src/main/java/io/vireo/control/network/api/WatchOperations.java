package io.vireo.control.network.api;

import io.vireo.control.http.Exchange;
import io.vireo.control.http.Operation;
import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.Tables;
import io.vireo.control.network.controller.NetworkService;
import io.vireo.control.network.controller.SubstrateLoad;
import io.vireo.control.network.watch.NetworkWatch;
import io.vireo.control.network.watch.NodeView;
import io.vireo.control.network.watch.VirtualLinkView;
import io.vireo.control.store.Version;
import io.vireo.control.telemetry.Metrics;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The running network over the API. */
final class WatchOperations {
    private final NetworkService network;
    private final NetworkWatch watch;

    WatchOperations(NetworkService network, NetworkWatch watch) {
        this.network = network;
        this.watch = watch;
    }

    /**
     * Summary of the network.
     *
     * @param version that is current.
     * @param applied whether it was decided: while it is not, a set-up is under way.
     * @param confirmBy when it is reverted unless confirmed, or null.
     * @param nodes all of them.
     * @param linkCount virtual links.
     * @param linksDown those of them whose ends do not both say that packets pass.
     * @param substrateDown substrate links that nothing is planned over now.
     */
    record NetworkStatusView(
            long version,
            boolean applied,
            @Nullable Instant confirmBy,
            List<NodeView> nodes,
            int linkCount,
            List<VirtualLinkView> linksDown,
            List<String> substrateDown) {}

    List<Operation> operations() {
        return List.of(
                Operation.get(
                        "/v1/network/status",
                        "Summary of the network: its nodes, and what is not as it should be.",
                        Body.json(NetworkStatusView.class),
                        this::status),
                Tables.all("/v1/network/nodes", "The nodes.", NodeView.class, exchange -> watch.nodes()),
                Tables.all(
                        "/v1/network/links",
                        "The virtual links: paths, what is guaranteed, and what their nodes say.",
                        VirtualLinkView.class,
                        exchange -> watch.links()),
                Tables.all(
                        "/v1/network/substrate",
                        "The substrate links, each direction: what is sold and what is left.",
                        SubstrateView.class,
                        exchange -> network.history().currentPlan().loads().stream()
                                .map(SubstrateView::of)
                                .toList()),
                Operation.get(
                        "/metrics",
                        "The network's metrics, in the text format of Prometheus.",
                        Body.text(Metrics.CONTENT_TYPE),
                        exchange -> exchange.text(
                                Metrics.CONTENT_TYPE,
                                NetworkMetrics.toText(
                                        watch.nodes(),
                                        watch.links(),
                                        network.history().currentPlan().loads()))));
    }

    private void status(Exchange exchange) throws Exception {
        Version version = network.history().currentVersion();
        List<VirtualLinkView> links = watch.links();
        exchange.json(new NetworkStatusView(
                version.number(),
                version.applied(),
                network.confirmBy().orElse(null),
                watch.nodes(),
                links.size(),
                links.stream().filter(link -> !link.up()).toList(),
                network.history().currentPlan().loads().stream()
                        .filter(load -> !load.up())
                        .map(SubstrateLoad::link)
                        .distinct()
                        .toList()));
    }
}
