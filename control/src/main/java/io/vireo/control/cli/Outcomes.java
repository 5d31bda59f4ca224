package io.vireo.control.cli;

import tools.jackson.databind.JsonNode;

/** Prints what became of a change of the configuration. */
final class Outcomes {

    private Outcomes() {}

    /** Prints the answer to a change. */
    static void print(ClientCommand command, JsonNode outcome) {
        if (command.isJson()) {
            command.printJson(outcome);
            return;
        }
        JsonNode diff = outcome.path("diff");
        long version = outcome.path("version").asLong();
        if (diff.path("changes").isEmpty()) {
            command.out().println("nothing to change: version " + version + " stays");
        } else {
            command.out().print(diff.path("text").asString());
            command.out()
                    .println("version " + version + " is in force after "
                            + outcome.path("report").path("tookMs").asLong() + " ms");
        }
        if (outcome.path("report").path("dataplanePending").asBoolean()) {
            command.out().println("the data plane is not there; it will be told when it comes");
        }
        if (outcome.has("confirmBy")) {
            command.out()
                    .println("to be confirmed by "
                            + Times.brief(outcome.path("confirmBy").asString())
                            + " with `vireo confirm`, or the version before returns");
        }
    }

    static void printDiff(ClientCommand command, JsonNode diff) {
        if (command.isJson()) {
            command.printJson(diff);
        } else if (diff.path("changes").isEmpty()) {
            command.out().println("no difference");
        } else {
            command.out().print(diff.path("text").asString());
        }
    }
}
