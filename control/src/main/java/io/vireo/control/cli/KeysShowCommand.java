package io.vireo.control.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/** {@code vireo keys show}. */
@Command(name = "show", description = "Shows ESP tunnels and what became of their keys; never these themselves.")
final class KeysShowCommand extends ClientCommand {

    @Override
    public Integer call() {
        JsonNode status = client().get("/v1/esp");
        if (isJson()) {
            printJson(status);
            return ExitCode.DONE;
        }
        Table table = new Table("tunnel", "direction", "spi", "age", "packets", "bytes", "forged", "replays", "state");
        for (JsonNode tunnel : status.path("tunnels")) {
            String path = tunnel.path("path").asString();
            if (tunnel.hasNonNull("outbound")) {
                row(table, path, "out", tunnel.path("outbound"));
            } else {
                table.row(path, "out", "-", "-", "-", "-", "-", "-", "no key: sends nothing");
            }
            tunnel.path("inbound").forEach(key -> row(table, path, "in", key));
        }
        out().print(table.toText());
        showIke(status);
        return ExitCode.DONE;
    }

    /** The IKE SAs of the tunnels that have them, if any has. */
    private void showIke(JsonNode status) {
        Table table = new Table("tunnel", "ike", "far end", "age", "algorithms", "reason");
        boolean hasAny = false;
        for (JsonNode tunnel : status.path("tunnels")) {
            if (tunnel.hasNonNull("ike")) {
                ikeRow(table, tunnel.path("path").asString(), tunnel.path("ike"));
                hasAny = true;
            }
        }
        if (hasAny) {
            out().println();
            out().print(table.toText());
        }
    }

    private static void ikeRow(Table table, String path, JsonNode ike) {
        table.row(
                path,
                ike.path("state").asString(),
                ike.path("remoteId").asString(),
                ike.path("ageSeconds").asLong() + "s",
                ike.path("proposal").asString("-"),
                ike.path("reason").asString(""));
    }

    private static void row(Table table, String path, String direction, JsonNode key) {
        table.row(
                path,
                direction,
                String.format("0x%08x", key.path("spi").asLong()),
                key.path("ageSeconds").asLong() + "s",
                key.path("packets").asString(),
                key.path("bytes").asString(),
                key.path("forged").asString(),
                key.path("replays").asString(),
                key.path("ended").asBoolean() ? "ended" : key.path("due").asBoolean() ? "due" : "in use");
    }
}
