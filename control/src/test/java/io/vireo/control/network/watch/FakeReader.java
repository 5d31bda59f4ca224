package io.vireo.control.network.watch;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Nodes that say what a test has them say. */
final class FakeReader implements NodeReader {
    /** By the addresses of their APIs; those that are not there do not answer. */
    final Map<String, NodeReport> reports = new HashMap<>();

    /** What bringing its part again would change, by address. */
    final Map<String, String> drifts = new HashMap<>();

    @Override
    public NodeReport read(String api) throws IOException {
        NodeReport report = reports.get(api);
        if (report == null) {
            throw new IOException("control does not answer on " + api);
        }
        return report;
    }

    @Override
    public String drift(String api, String part) {
        return drifts.getOrDefault(api, "");
    }
}
