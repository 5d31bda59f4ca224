package io.vireo.control.cli;

import picocli.CommandLine.Command;

/** {@code vireo show}: what there is. */
@Command(
        name = "show",
        description =
                "Shows ports, VPNs, routers, interfaces, links, members, labels, routing, classes, routes, neighbours, drops, counters,"
                        + " configuration or events.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT",
        subcommands = {
            ShowCommands.Ports.class,
            ShowCommands.Vpns.class,
            ShowCommands.Routers.class,
            ShowCommands.Interfaces.class,
            ShowLinksCommand.class,
            ShowMembersCommand.class,
            ShowLabelsCommand.class,
            ShowRoutingCommand.class,
            ShowClassesCommand.class,
            ShowCommands.Routes.class,
            ShowCommands.Neighbours.class,
            ShowCommands.Drops.class,
            ShowCommands.Punts.class,
            ShowCommands.Answers.class,
            ShowCommands.Counters.class,
            ShowCommands.Config.class,
            ShowCommands.Events.class
        })
final class ShowCommand {}
