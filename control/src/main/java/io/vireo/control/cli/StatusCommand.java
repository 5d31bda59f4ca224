package io.vireo.control.cli;

import java.util.Locale;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code vireo status}. */
@Command(name = "status", description = "Shows a summary of the node.")
final class StatusCommand extends ClientCommand {
    private static final String RUNNING = "RUNNING";

    @Override
    public Integer call() {
        ControlClient client = client();
        JsonNode status = client.get("/v1/status");
        if (isJson()) {
            ObjectNode all = (ObjectNode) status;
            all.set("ports", client.get("/v1/ports"));
            all.set("routers", client.get("/v1/routers"));
            printJson(all);
        } else {
            print(status);
        }
        return status.path("dataplane").path("state").asString().equals(RUNNING) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void print(JsonNode status) {
        JsonNode dataplane = status.path("dataplane");
        out().println("node           " + status.path("node").asString());
        out().println("configuration  version " + status.path("configVersion").asLong()
                + (status.has("confirmBy")
                        ? ", to be confirmed by "
                                + Times.brief(status.path("confirmBy").asString()) + " (vireo confirm)"
                        : ""));
        out().println("data plane     " + describe(dataplane));
        for (JsonNode worker : dataplane.path("workers")) {
            out().println("  worker " + worker.path("worker").asInt() + "     heartbeat "
                    + worker.path("heartbeatAgeMs").asLong() + " ms ago, busy in " + busyPercent(worker)
                    + " % of its duty cycles");
        }
        out().println("objects        " + status.path("portCount").asInt() + " ports, "
                + status.path("vpnCount").asInt() + " VPNs, "
                + status.path("routerCount").asInt() + " routers, "
                + status.path("interfaceCount").asInt() + " interfaces");
        out().println("dropped        "
                + String.format(Locale.ROOT, "%,d", status.path("dropPackets").asLong())
                + " packets (vireo show drops)");
        JsonNode audit = status.path("audit");
        out().println("audit          the last took " + audit.path("tookMs").asLong() + " ms, the next begins in "
                + audit.path("nextInSeconds").asLong() + " s");
        for (JsonNode alarm : status.path("alarms")) {
            out().println("alarm          " + alarm.path("subject").asString() + ": "
                    + alarm.path("reason").asString());
        }
    }

    private static String describe(JsonNode dataplane) {
        String state = dataplane.path("state").asString().toLowerCase(Locale.ROOT);
        String reason = dataplane.path("reason").asString("");
        return dataplane.path("pid").asLong() == 0
                ? state + (reason.isEmpty() ? "" : ": " + reason)
                : state + ", process " + dataplane.path("pid").asLong() + ", since "
                        + Times.brief(dataplane.path("startedAt").asString("?"));
    }

    private static String busyPercent(JsonNode worker) {
        long dutyCycles = worker.path("dutyCycles").asLong();
        double busy = dutyCycles == 0 ? 0 : 100.0 * worker.path("busyCycles").asLong() / dutyCycles;
        return String.format(Locale.ROOT, "%.1f", busy);
    }
}
