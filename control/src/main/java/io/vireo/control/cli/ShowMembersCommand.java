package io.vireo.control.cli;

import static io.vireo.control.cli.Column.count;
import static io.vireo.control.cli.Column.text;

import picocli.CommandLine.Command;

/** {@code vireo show members}. */
@Command(
        name = "members",
        description = "Which packets of a shared wire are of which VPN, and how many came in by each VPN's interface.")
final class ShowMembersCommand extends ShowCommands.ShowAll {
    ShowMembersCommand() {
        super(
                "/v1/members",
                text("interface", "/interfacePath"),
                text("tuple", "/tuple"),
                text("vpn", "/vpn"),
                text("source", "/source"),
                text("destination", "/destination"),
                text("protocol", "/protocol"),
                text("source ports", "/sourcePorts"),
                text("destination ports", "/destinationPorts"),
                text("ingress", "/ingress"),
                count("rx packets", "/rxPackets"));
    }
}
