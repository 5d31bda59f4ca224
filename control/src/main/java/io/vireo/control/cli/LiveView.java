package io.vireo.control.cli;

import tools.jackson.databind.JsonNode;

/** Samples the node's counters repeatedly, and shows what happened between the last two samples. */
interface LiveView {

    /** Takes a sample; returns it, for programs. */
    JsonNode sample(ControlClient client);

    /** What happened, in at most that many rows, but at least one. */
    String table(int maxRows);
}
