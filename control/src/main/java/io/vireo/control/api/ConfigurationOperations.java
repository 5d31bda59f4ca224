package io.vireo.control.api;

import io.vireo.control.desired.ChangeOutcome;
import io.vireo.control.desired.DesiredState;
import io.vireo.control.http.ApiException;
import io.vireo.control.http.ChangeParameters;
import io.vireo.control.http.DiffView;
import io.vireo.control.http.Exchange;
import io.vireo.control.http.Operation;
import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.Role;
import io.vireo.control.http.VersionView;
import io.vireo.control.model.document.ConfigurationWriter;
import io.vireo.control.store.Version;
import io.vireo.control.view.ApplyReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The desired state over the API. */
final class ConfigurationOperations {
    private final DesiredState desired;

    ConfigurationOperations(DesiredState desired) {
        this.desired = desired;
    }

    /** The configuration and its version. */
    record ConfigurationView(
            VersionView version, @Nullable Instant confirmBy, String document, Map<String, Object> configuration) {}

    /** The outcome of a change. */
    record OutcomeView(
            long version,
            DiffView diff,
            ApplyReport report,
            @Nullable Instant confirmBy,
            @Nullable Long confirmed) {

        static OutcomeView of(ChangeOutcome outcome) {
            return new OutcomeView(
                    outcome.version(),
                    DiffView.of(outcome.changes()),
                    outcome.report(),
                    outcome.confirmBy(),
                    outcome.confirmed());
        }
    }

    /** The version that was confirmed. */
    record ConfirmedView(long version) {}

    List<Operation> operations() {
        return List.of(
                Operation.get(
                        "/v1/config", "The current configuration.", Body.json(ConfigurationView.class), this::current),
                ChangeParameters.ofChange(Operation.change(
                        "PUT",
                        "/v1/config",
                        "Check, commit and apply a configuration document (YAML or JSON) of at most 16 Mi characters and"
                                + " 1,000,000 values. Given up when the client closes the connection before the commit; 429"
                                + " when too many documents wait.",
                        ChangeParameters.DOCUMENT,
                        Body.json(OutcomeView.class),
                        this::apply)),
                new Operation(
                        "POST",
                        "/v1/config/plan",
                        Role.READ_ONLY,
                        "Check a configuration document, limited as for PUT /v1/config, and show what it would change. Changes"
                                + " nothing.",
                        List.of(),
                        ChangeParameters.DOCUMENT,
                        Body.json(DiffView.class),
                        this::plan),
                ChangeParameters.ofDifference(Operation.get(
                        "/v1/config/diff",
                        "What is different between two versions.",
                        Body.json(DiffView.class),
                        this::diff)),
                ChangeParameters.ofHistory(Operation.get(
                        "/v1/config/versions",
                        "The history, newest first.",
                        Body.listOf(VersionView.class),
                        this::history)),
                Operation.get(
                        "/v1/config/versions/{number}",
                        "A version and its document.",
                        Body.json(ConfigurationView.class),
                        this::version),
                ChangeParameters.ofChange(Operation.change(
                        "POST",
                        "/v1/config/versions/{number}/rollback",
                        "Commit and apply an earlier version again, as a new version; 0 is the empty one.",
                        null,
                        Body.json(OutcomeView.class),
                        this::rollback)),
                Operation.change(
                        "POST",
                        "/v1/config/confirm",
                        "Confirm the version that awaits confirmation.",
                        null,
                        Body.json(ConfirmedView.class),
                        this::confirm));
    }

    private void current(Exchange exchange) throws Exception {
        exchange.json(view(desired.currentVersion()));
    }

    private void version(Exchange exchange) throws Exception {
        exchange.json(view(desired.version(ChangeParameters.versionNumber(exchange))));
    }

    private ConfigurationView view(Version version) {
        Instant confirmBy = desired.confirmation()
                .filter(confirmation -> confirmation.version() == version.number())
                .flatMap(confirmation -> desired.confirmBy())
                .orElse(null);
        return new ConfigurationView(
                VersionView.of(version),
                confirmBy,
                version.document(),
                ConfigurationWriter.toTree(desired.configurationOf(version)));
    }

    private void apply(Exchange exchange) throws Exception {
        exchange.json(OutcomeView.of(
                desired.apply(exchange.bodyDocument(), ChangeParameters.of(exchange), exchange::isClientGone)));
    }

    private void rollback(Exchange exchange) throws Exception {
        exchange.json(OutcomeView.of(desired.rollback(
                ChangeParameters.versionNumber(exchange), ChangeParameters.of(exchange), exchange::isClientGone)));
    }

    private void plan(Exchange exchange) throws Exception {
        exchange.json(DiffView.of(desired.plan(exchange.bodyDocument(), exchange::isClientGone)));
    }

    private void diff(Exchange exchange) throws Exception {
        ChangeParameters.Versions versions =
                ChangeParameters.versions(exchange, desired.currentVersion().number());
        exchange.json(DiffView.of(desired.diff(versions.from(), versions.to())));
    }

    private void history(Exchange exchange) throws Exception {
        int limit = ChangeParameters.historyLimit(exchange);
        exchange.json(desired.history(limit).stream().map(VersionView::of).toList());
    }

    private void confirm(Exchange exchange) throws Exception {
        long version = desired.currentVersion().number();
        if (!desired.confirm(exchange.author())) {
            throw ApiException.conflict("no version awaits confirmation");
        }
        exchange.json(new ConfirmedView(version));
    }
}
