package io.vireo.control.cli;

import tools.jackson.databind.JsonNode;

/** Looks at the node's counters again and again, and shows what happened between the last two looks. */
interface LiveView {

    /** Looks; returns what was seen, for programs. */
    JsonNode look(ControlClient client);

    /** What happened, in no more rows than that, but at least one. */
    String table(int maxRows);
}
