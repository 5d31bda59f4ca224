package io.vireo.control.cli;

import io.vireo.control.keys.KeyExchange;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vireo keys run}. */
@Command(
        name = "run",
        description = {
            "Gives the ESP tunnels between nodes their keys, and others in time; runs until it is stopped.",
            "It needs the nodes' control sockets, as root: on one machine, or forwarded by ssh -L SOCKET:SOCKET.",
            "Tunnels keep their keys while it is away, for their lifetimes; a data plane that starts anew sends nothing until it is back."
        },
        mixinStandardHelpOptions = true)
final class KeysRunCommand implements Callable<Integer> {
    private static final long ROUND_MS = 250;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--peer",
            required = true,
            arity = "1",
            description = "Control socket of a node; once for each whose tunnels are to have keys.",
            paramLabel = "SOCKET")
    private List<Path> peers = List.of();

    @Option(
            names = "--every",
            description = "Age at which a key is replaced (default: ${DEFAULT-VALUE}); their lifetimes count too.",
            paramLabel = "DURATION")
    private String every = "1h";

    @Option(names = "--once", description = "Do what is due, and end; the exit status says whether it was done.")
    private boolean isOnce;

    @Override
    public Integer call() throws InterruptedException {
        long everySeconds = Math.max(1, Durations.parse(every).toSeconds());
        PrintWriter out = spec.commandLine().getOut();
        KeyExchange exchange =
                new KeyExchange(peers.stream().map(ClientKeyPeer::new).toList(), everySeconds, line -> {
                    out.println(line);
                    out.flush();
                });
        int exchanged = exchange.round(System.nanoTime());
        while (!isOnce) {
            Thread.sleep(ROUND_MS);
            exchange.round(System.nanoTime());
        }
        out.println(exchanged + " keys exchanged");
        return exchange.hasFailed() ? ExitCode.FAILED : ExitCode.DONE;
    }
}
