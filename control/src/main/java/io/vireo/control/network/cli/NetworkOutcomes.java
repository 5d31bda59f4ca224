package io.vireo.control.network.cli;

import io.vireo.control.cli.Times;
import java.io.PrintWriter;
import tools.jackson.databind.JsonNode;

/** Prints what a change of the network has done. */
final class NetworkOutcomes {

    private NetworkOutcomes() {}

    static void print(PrintWriter out, JsonNode outcome) {
        long version = outcome.path("version").asLong();
        if (outcome.at("/diff/changes").isEmpty()) {
            out.println("no change: version " + version + " stays active");
        } else {
            out.print(outcome.at("/diff/text").asString());
            out.println("version " + version + " is active after "
                    + outcome.path("tookMs").asLong() + " ms");
        }
        if (outcome.has("confirmed")) {
            out.println("version " + outcome.path("confirmed").asLong()
                    + " was on trial and is confirmed by this: it will not be reverted");
        }
        if (outcome.has("confirmBy")) {
            out.println("to be confirmed by "
                    + Times.brief(outcome.path("confirmBy").asString())
                    + " with `vireo network confirm`, or the previous version is restored");
        }
    }
}
