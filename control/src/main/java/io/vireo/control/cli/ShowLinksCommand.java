package io.vireo.control.cli;

import picocli.CommandLine.Command;

/** {@code vireo show links}. */
@Command(
        name = "links",
        description = {
            "Virtual links (tunnels, virtual links of the substrate, also those that only cross the node, links inside the node,"
                    + " interfaces of a VPN-ID): state,"
                    + " what is guaranteed and what was carried during the interval.",
            "Rates are bit/s on the wire, with preamble, FCS and gap of each frame; GUARANTEED and TX of a link with a class"
                    + " of a port are with its headers. SINCE is when the carrier came or went; QUEUE is of its classes;"
                    + " KEEPALIVE is the last round trip and how many requests were lost since the tunnel is there."
        })
final class ShowLinksCommand extends RatesCommand {

    @Override
    LiveView view(ControlClient client) {
        return new LinkView();
    }
}
