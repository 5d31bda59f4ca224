package io.vireo.control.network.cli;

import io.vireo.control.cli.ExitCode;
import io.vireo.control.cli.Times;
import java.util.Locale;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code vireo network status}. */
@Command(
        name = "status",
        description =
                "Shows a summary of the network, and what in it is not as it should be; then the exit status is 1.")
final class NetworkStatusCommand extends NetworkClientCommand {

    @Override
    public Integer call() {
        JsonNode status = client().get("/v1/network/status");
        boolean isGood = status.path("linksDown").isEmpty()
                && status.path("substrateDown").isEmpty()
                && status.path("nodes").valueStream().allMatch(NetworkStatusCommand::isGood);
        if (isJson()) {
            printJson(status);
        } else {
            print(status);
        }
        return isGood ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(JsonNode status) {
        out().println("network        version " + status.path("version").asLong()
                + (status.path("applied").asBoolean() ? "" : ", which is being set up")
                + (status.has("confirmBy")
                        ? ", to be confirmed by "
                                + Times.brief(status.path("confirmBy").asString()) + " (vireo network confirm)"
                        : ""));
        for (JsonNode node : status.path("nodes")) {
            out().println("node           " + node.path("node").asString() + ": " + describe(node));
        }
        out().println("virtual links  " + status.path("linkCount").asInt() + ", of which "
                + status.path("linksDown").size() + " are not up");
        for (JsonNode link : status.path("linksDown")) {
            out().println("not up         " + link.path("vpn").asString() + "/"
                    + link.path("link").asString() + ": " + end(link.path("a")) + ", " + end(link.path("b")));
        }
        for (JsonNode link : status.path("substrateDown")) {
            out().println("substrate      " + link.asString() + " is down");
        }
    }

    private static boolean isGood(JsonNode node) {
        return node.path("reachable").asBoolean()
                && node.path("forwarding").asBoolean()
                && node.path("inSync").asBoolean();
    }

    private static String describe(JsonNode node) {
        if (!node.path("reachable").asBoolean()) {
            return "does not answer (" + node.path("error").asString() + ")";
        }
        if (!node.path("forwarding").asBoolean()) {
            return "answers, and its data plane does not run";
        }
        return node.path("inSync").asBoolean()
                ? "forwards, and has what it should"
                : "forwards, and has something else than it should:\n"
                        + node.path("drift").asString().indent(4).stripTrailing();
    }

    private static String end(JsonNode end) {
        String reason = end.path("reason").asString("");
        return end.path("node").asString() + " " + end.path("path").asString() + " "
                + end.path("state").asString().toLowerCase(Locale.ROOT)
                + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
