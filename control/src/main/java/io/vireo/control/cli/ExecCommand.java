package io.vireo.control.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vireo exec}: a program inside a virtual router's network namespace. */
@Command(
        name = "exec",
        description =
                "Runs a program inside a virtual router, such as: vireo exec blue -- ping 10.0.1.2. Exits as it does.")
final class ExecCommand extends ClientCommand {
    private static final int NOT_FOUND = 127;

    @Parameters(
            index = "0",
            description = "The virtual router; the VPN alone when it has one here.",
            paramLabel = "VPN[/ROUTER]")
    private String router = "";

    @Parameters(index = "1..*", arity = "1..*", description = "The program and its arguments.", paramLabel = "COMMAND")
    private List<String> command = List.of();

    @Override
    public Integer call() throws InterruptedException {
        ControlClient client = client();
        String namespace = client.get(RouterName.resolve(client, router).apiPath())
                .path("namespace")
                .asString();
        if (namespace.isEmpty()) {
            throw new CliException(ExitCode.FAILED, router + " is in no network namespace: nothing runs there");
        }
        List<String> arguments = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        arguments.addAll(command);
        try {
            return TiedProgram.run(arguments);
        } catch (IOException e) {
            throw new CliException(NOT_FOUND, "setpriv cannot be run: " + e.getMessage());
        }
    }
}
