package io.vireo.bench.demo.checks;

import io.vireo.bench.demo.lab.DemoCheck;
import io.vireo.bench.demo.lab.Outcome;
import io.vireo.bench.demo.lab.TopologyLab;
import tools.jackson.databind.JsonNode;

/** {@code vireo keys run} gives every ESP tunnel of the lab keys, and then every virtual link of every node is up. */
public final class KeysForAll implements DemoCheck {
    private final TopologyLab lab;
    private final int keys;

    /** @param keys how many there are to be: one for each direction of each tunnel */
    public KeysForAll(TopologyLab lab, int keys) {
        this.lab = lab;
        this.keys = keys;
    }

    @Override
    public String claim() {
        return "vireo keys run: a key each way, then all links are up";
    }

    @Override
    public Outcome measure() {
        String text = lab.exchangeKeys();
        boolean hasKeys = text.contains(keys + " keys exchanged");
        int links = 0;
        String down = "";
        for (String node : lab.nodes()) {
            for (JsonNode link : lab.links(node)) {
                links++;
                if (!link.path("state").asString().equals("UP")) {
                    down += "; " + node + " " + link.path("path").asString() + ": "
                            + link.path("reason").asString();
                }
            }
        }
        return Outcome.of(
                hasKeys && links > 0 && down.isEmpty(),
                text.lines().reduce("", (_, last) -> last) + ", " + links + " ends of links" + down);
    }
}
