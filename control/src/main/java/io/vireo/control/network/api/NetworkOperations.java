package io.vireo.control.network.api;

import io.vireo.control.http.ApiException;
import io.vireo.control.http.ChangeParameters;
import io.vireo.control.http.DiffView;
import io.vireo.control.http.Exchange;
import io.vireo.control.http.Operation;
import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.Role;
import io.vireo.control.http.VersionView;
import io.vireo.control.network.controller.NetworkOutcome;
import io.vireo.control.network.controller.NetworkService;
import io.vireo.control.network.controller.NodeStep;
import io.vireo.control.network.controller.VirtualLinkPath;
import io.vireo.control.network.controller.WhatIf;
import io.vireo.control.store.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The network document and its versions over the API. */
final class NetworkOperations {
    private final NetworkService network;

    NetworkOperations(NetworkService network) {
        this.network = network;
    }

    /** The network and its version. */
    record NetworkView(VersionView version, @Nullable Instant confirmBy, String document) {}

    /** What a node would have to change. */
    record NodeDiffView(String node, DiffView diff) {}

    /** What a document would do: the network's difference, each node's, the paths of virtual links, and what would be left. */
    record PlanView(
            DiffView diff, List<NodeDiffView> nodes, List<VirtualLinkPath> links, List<SubstrateView> substrate) {

        static PlanView of(WhatIf plan) {
            return new PlanView(
                    DiffView.of(plan.changes()),
                    plan.nodes().entrySet().stream()
                            .map(node -> new NodeDiffView(node.getKey(), DiffView.of(node.getValue())))
                            .toList(),
                    plan.plan().links(),
                    plan.plan().loads().stream().map(SubstrateView::of).toList());
        }
    }

    /** The outcome of a change. */
    record NetworkOutcomeView(
            long version,
            DiffView diff,
            List<NodeStep> steps,
            long tookMs,
            @Nullable Instant confirmBy,
            @Nullable Long confirmed) {

        static NetworkOutcomeView of(NetworkOutcome outcome) {
            return new NetworkOutcomeView(
                    outcome.version(),
                    DiffView.of(outcome.changes()),
                    outcome.steps(),
                    outcome.tookMs(),
                    outcome.confirmBy(),
                    outcome.confirmed());
        }
    }

    /** The version that was confirmed. */
    record NetworkConfirmedView(long version) {}

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>(ofDocument());
        operations.addAll(ofVersions());
        return operations;
    }

    private List<Operation> ofDocument() {
        return List.of(
                Operation.get("/v1/network", "The current network.", Body.json(NetworkView.class), this::current),
                ChangeParameters.ofChange(Operation.change(
                        "PUT",
                        "/v1/network",
                        "Plan a network document (YAML or JSON) and bring it onto the nodes: all or nothing.",
                        ChangeParameters.DOCUMENT,
                        Body.json(NetworkOutcomeView.class),
                        this::apply)),
                new Operation(
                        "POST",
                        "/v1/network/plan",
                        Role.READ_ONLY,
                        "Plan a network document, and show what it would change, the paths, and what would be left of each"
                                + " substrate link. Changes nothing, asks no node.",
                        List.of(),
                        ChangeParameters.DOCUMENT,
                        Body.json(PlanView.class),
                        exchange -> exchange.json(PlanView.of(network.plan(exchange.bodyDocument())))));
    }

    private List<Operation> ofVersions() {
        return List.of(
                ChangeParameters.ofDifference(Operation.get(
                        "/v1/network/diff",
                        "What is different between the documents of two versions.",
                        Body.json(DiffView.class),
                        this::diff)),
                ChangeParameters.ofHistory(Operation.get(
                        "/v1/network/versions",
                        "The history, newest first.",
                        Body.listOf(VersionView.class),
                        this::history)),
                Operation.get(
                        "/v1/network/versions/{number}",
                        "A version and its document.",
                        Body.json(NetworkView.class),
                        exchange -> exchange.json(
                                view(network.history().version(ChangeParameters.versionNumber(exchange))))),
                ChangeParameters.ofChange(Operation.change(
                        "POST",
                        "/v1/network/versions/{number}/rollback",
                        "Plan an earlier version and bring it onto the nodes again, as a new version; 0 is no network.",
                        null,
                        Body.json(NetworkOutcomeView.class),
                        this::rollback)),
                Operation.change(
                        "POST",
                        "/v1/network/confirm",
                        "Confirm the version that awaits confirmation.",
                        null,
                        Body.json(NetworkConfirmedView.class),
                        this::confirm));
    }

    private void current(Exchange exchange) throws Exception {
        exchange.json(view(network.history().currentVersion()));
    }

    private NetworkView view(Version version) {
        boolean isCurrent =
                version.number() == network.history().currentVersion().number();
        return new NetworkView(
                VersionView.of(version),
                isCurrent ? network.confirmBy().orElse(null) : null,
                network.history().documentOf(version));
    }

    private void apply(Exchange exchange) throws Exception {
        exchange.json(NetworkOutcomeView.of(network.apply(exchange.bodyDocument(), ChangeParameters.of(exchange))));
    }

    private void rollback(Exchange exchange) throws Exception {
        exchange.json(NetworkOutcomeView.of(
                network.rollback(ChangeParameters.versionNumber(exchange), ChangeParameters.of(exchange))));
    }

    private void diff(Exchange exchange) throws Exception {
        ChangeParameters.Versions versions = ChangeParameters.versions(
                exchange, network.history().currentVersion().number());
        exchange.json(DiffView.of(network.history().diff(versions.from(), versions.to())));
    }

    private void history(Exchange exchange) throws Exception {
        int limit = ChangeParameters.historyLimit(exchange);
        exchange.json(
                network.history().newest(limit).stream().map(VersionView::of).toList());
    }

    private void confirm(Exchange exchange) throws Exception {
        long version = network.history().currentVersion().number();
        if (!network.confirm(exchange.author())) {
            throw ApiException.conflict("no version awaits confirmation");
        }
        exchange.json(new NetworkConfirmedView(version));
    }
}
