package io.vireo.control.cli;

import tools.jackson.databind.JsonNode;

/** Prints the outcome of a configuration change. */
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
            command.out().println("no change: version " + version + " stays active");
        } else {
            command.out().print(diff.path("text").asString());
            command.out()
                    .println("version " + version + " is active after "
                            + outcome.path("report").path("tookMs").asLong() + " ms");
        }
        for (JsonNode repair : outcome.path("report").path("repaired")) {
            command.out()
                    .println("repaired "
                            + repair.path("router").asString() + ": "
                            + repair.path("subject").asString() + " was found "
                            + repair.path("text").asString());
        }
        if (outcome.path("report").path("dataplanePending").asBoolean()) {
            command.out().println("the data plane is down; it will be programmed when it starts");
        }
        if (outcome.has("confirmed")) {
            command.out()
                    .println("version " + outcome.path("confirmed").asLong()
                            + " was on trial and is confirmed by this: it will not be reverted");
        }
        if (outcome.has("confirmBy")) {
            command.out()
                    .println("to be confirmed by "
                            + Times.brief(outcome.path("confirmBy").asString())
                            + " with `vireo confirm`, or the previous version is restored");
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
