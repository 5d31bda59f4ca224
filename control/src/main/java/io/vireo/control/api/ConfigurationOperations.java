package io.vireo.control.api;

import io.vireo.control.desired.ChangeOutcome;
import io.vireo.control.desired.ChangeRequest;
import io.vireo.control.desired.DesiredState;
import io.vireo.control.http.ApiException;
import io.vireo.control.http.Exchange;
import io.vireo.control.http.Operation;
import io.vireo.control.http.Operation.Body;
import io.vireo.control.http.Operation.Parameter;
import io.vireo.control.http.Role;
import io.vireo.control.model.document.Change;
import io.vireo.control.model.document.ConfigurationDiff;
import io.vireo.control.model.document.ConfigurationWriter;
import io.vireo.control.store.Version;
import io.vireo.control.view.ApplyReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The desired state over the API. */
final class ConfigurationOperations {
    /** RFC 9512 with its older names, and JSON, which is YAML. */
    static final Body DOCUMENT =
            Body.text("application/yaml", "application/json", "text/yaml", "application/x-yaml", "text/x-yaml");

    private static final int MAX_HISTORY = 1_000;
    private static final Parameter COMMENT = new Parameter("comment", "string", "Why, for the history.");
    private static final Parameter CONFIRM = new Parameter(
            "confirmSeconds",
            "integer",
            "Revert unless confirmed within this time; 1 s to 7 days. In a trial it restarts the clock; left out, it confirms.");
    private static final Parameter TRIAL = new Parameter(
            "trial",
            "integer",
            "The version on trial that this change knowingly goes on from. Needed when somebody else put it on trial.");
    private static final Parameter BASE = new Parameter(
            "baseVersion", "integer", "Refuse the change unless this version is current. Not checked when left out.");

    private final DesiredState desired;

    ConfigurationOperations(DesiredState desired) {
        this.desired = desired;
    }

    /** The configuration and its version. */
    record ConfigurationView(
            VersionView version, @Nullable Instant confirmBy, String document, Map<String, Object> configuration) {}

    /** A version without its document. */
    record VersionView(long number, Instant time, String author, String comment, boolean applied) {

        static VersionView of(Version version) {
            return new VersionView(
                    version.number(), version.time(), version.author(), version.comment(), version.applied());
        }
    }

    /** What is different, for programs and for people. */
    record DiffView(List<Change> changes, String text) {

        static DiffView of(List<Change> changes) {
            return new DiffView(changes, ConfigurationDiff.toText(changes));
        }
    }

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
                Operation.change(
                                "PUT",
                                "/v1/config",
                                "Check, commit and apply a configuration document (YAML or JSON) of at most 16 Mi characters and"
                                        + " 1,000,000 values. Given up when the client closes the connection before the commit; 429"
                                        + " when too many documents wait.",
                                DOCUMENT,
                                Body.json(OutcomeView.class),
                                this::apply)
                        .with(COMMENT, CONFIRM, BASE, TRIAL),
                new Operation(
                        "POST",
                        "/v1/config/plan",
                        Role.READ_ONLY,
                        "Check a configuration document, limited as for PUT /v1/config, and show what it would change. Changes"
                                + " nothing.",
                        List.of(),
                        DOCUMENT,
                        Body.json(DiffView.class),
                        this::plan),
                Operation.get(
                                "/v1/config/diff",
                                "What is different between two versions.",
                                Body.json(DiffView.class),
                                this::diff)
                        .with(
                                new Parameter(
                                        "from", "integer", "The older version; the one before 'to' when left out."),
                                new Parameter("to", "integer", "The newer version; the current one when left out.")),
                Operation.get(
                                "/v1/config/versions",
                                "The history, newest first.",
                                Body.listOf(VersionView.class),
                                this::history)
                        .with(new Parameter("limit", "integer", "How many, 1 to 1000; 100 when left out.")),
                Operation.get(
                        "/v1/config/versions/{number}",
                        "A version and its document.",
                        Body.json(ConfigurationView.class),
                        this::version),
                Operation.change(
                                "POST",
                                "/v1/config/versions/{number}/rollback",
                                "Commit and apply an earlier version again, as a new version; 0 is the empty one.",
                                null,
                                Body.json(OutcomeView.class),
                                this::rollback)
                        .with(COMMENT, CONFIRM, BASE, TRIAL),
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
        exchange.json(view(desired.version(versionNumber(exchange))));
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
                desired.apply(exchange.bodyDocument(), changeRequest(exchange), exchange::isClientGone)));
    }

    private void rollback(Exchange exchange) throws Exception {
        exchange.json(OutcomeView.of(
                desired.rollback(versionNumber(exchange), changeRequest(exchange), exchange::isClientGone)));
    }

    private void plan(Exchange exchange) throws Exception {
        exchange.json(DiffView.of(desired.plan(exchange.bodyDocument(), exchange::isClientGone)));
    }

    private void diff(Exchange exchange) throws Exception {
        long to = exchange.number(
                "to", 0, Long.MAX_VALUE, desired.currentVersion().number());
        long from = exchange.number("from", 0, Long.MAX_VALUE, Math.max(0, to - 1));
        exchange.json(DiffView.of(desired.diff(from, to)));
    }

    private void history(Exchange exchange) throws Exception {
        int limit = (int) exchange.number("limit", 1, MAX_HISTORY, 100);
        exchange.json(desired.history(limit).stream().map(VersionView::of).toList());
    }

    private void confirm(Exchange exchange) throws Exception {
        long version = desired.currentVersion().number();
        if (!desired.confirm(exchange.author())) {
            throw ApiException.conflict("no version awaits confirmation");
        }
        exchange.json(new ConfirmedView(version));
    }

    private static ChangeRequest changeRequest(Exchange exchange) throws ApiException {
        try {
            return new ChangeRequest(
                    exchange.author(),
                    exchange.query("comment", ""),
                    exchange.number("baseVersion", 0, Long.MAX_VALUE),
                    exchange.seconds("confirmSeconds"),
                    exchange.number("trial", 1, Long.MAX_VALUE));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("confirmSeconds", String.valueOf(e.getMessage()));
        }
    }

    private static long versionNumber(Exchange exchange) throws ApiException {
        String text = exchange.variable("number");
        if (!text.matches("[0-9]{1,18}")) {
            throw ApiException.badRequest("number", "'" + text + "' is not the number of a version");
        }
        return Long.parseLong(text);
    }
}
