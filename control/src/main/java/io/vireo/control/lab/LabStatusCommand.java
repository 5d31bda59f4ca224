package io.vireo.control.lab;

import io.vireo.control.cli.ControlClient;
import io.vireo.control.cli.ExitCode;
import io.vireo.control.cli.Table;
import io.vireo.control.lab.machine.LabStatus;
import io.vireo.control.lab.machine.LabStatusReader;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;

/** {@code vireo lab status}. */
@Command(
        name = "status",
        description =
                "Shows nodes, links and hosts of the lab. The exit status is 0 only if all is as the topology says.")
final class LabStatusCommand extends LabSubcommand {
    @Option(names = "--json", description = "Print JSON, for programs.")
    private boolean json;

    @Override
    int run(LabCommand lab) {
        LabStatus status = LabStatusReader.read(lab.design().topology());
        if (json) {
            out().println(ControlClient.JSON
                    .writer()
                    .with(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(status));
        } else {
            out().print(text(status));
        }
        return status.allWell() ? ExitCode.DONE : ExitCode.FAILED;
    }

    /** A table each of nodes, links and hosts. */
    static String text(LabStatus status) {
        Table nodes = new Table("node", "name", "control", "data plane", "version", "routers", "ports down", "alarms");
        status.nodes()
                .forEach(node -> nodes.row(
                        node.node(),
                        node.name(),
                        node.control(),
                        node.dataplane().toLowerCase(Locale.ROOT),
                        node.configVersion(),
                        node.routers(),
                        node.portsDown().size(),
                        node.alarms()));
        Table links = new Table("link", "carrier", "other end", "carrier", "mtu");
        status.links()
                .forEach(link -> links.row(
                        link.a().end(),
                        link.a().carrier(),
                        link.b().end(),
                        link.b().carrier(),
                        mtu(link)));
        Table hosts = new Table("host", "namespace", "state", "addresses");
        status.hosts()
                .forEach(host ->
                        hosts.row(host.host(), host.namespace(), host.state(), String.join(", ", host.addresses())));
        return nodes.toText() + "\n" + links.toText() + "\n" + hosts.toText();
    }

    private static String mtu(LabStatus.OfLink link) {
        int a = link.a().mtu();
        int b = link.b().mtu();
        return a == b ? Integer.toString(a) : a + "/" + b;
    }
}
