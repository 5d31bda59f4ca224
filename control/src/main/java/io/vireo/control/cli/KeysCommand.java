package io.vireo.control.cli;

import picocli.CommandLine.Command;

/** {@code vireo keys}: the keys of ESP tunnels. */
@Command(
        name = "keys",
        description = "Gives the ends of ESP tunnels their keys, or shows the state of these.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "WHAT",
        subcommands = {KeysRunCommand.class, KeysShowCommand.class})
final class KeysCommand {}
