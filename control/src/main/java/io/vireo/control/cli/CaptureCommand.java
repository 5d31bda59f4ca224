package io.vireo.control.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code vireo capture}. */
@Command(
        name = "capture",
        description =
                "Captures frames of an interface, or dropped for a reason, as a pcap file: vireo capture -i blue/r1/h1"
                        + " | tcpdump -r -")
final class CaptureCommand extends ClientCommand {
    @Option(
            names = {"-i", "--interface"},
            description = "The interface; all when left out.",
            paramLabel = "VPN[/ROUTER]/INTERFACE")
    private @Nullable String interfaceName;

    @Option(
            names = "--drop",
            description = "Only frames dropped for this reason; see `vireo show drops`.",
            paramLabel = "REASON")
    private @Nullable String drop;

    @Option(
            names = {"-c", "--count"},
            description = "End after this many frames.",
            paramLabel = "COUNT")
    private @Nullable Long count;

    @Option(
            names = {"-s", "--snap"},
            description = "Bytes to keep of each frame.",
            paramLabel = "BYTES")
    private @Nullable Integer snapLength;

    @Option(
            names = {"-w", "--write"},
            description = "The file to write; the standard output when left out.",
            paramLabel = "FILE")
    private @Nullable Path file;

    @Override
    public Integer call() throws IOException {
        ControlClient client = client();
        String path = new Queries("/v1/captures")
                .with("interface", interfaceName == null ? null : InterfaceName.resolve(client, interfaceName))
                .with("drop", drop)
                .with("packets", count)
                .with("snapLength", snapLength)
                .toString();
        if (file == null && Interactive.isTerminal()) {
            throw new CliException(
                    ExitCode.USAGE, "refusing to write a pcap file to a terminal: use -w FILE, or | tcpdump -r -");
        }
        try (InputStream in = client.stream(path)) {
            if (file == null) {
                copyUntilClosed(in, new FileOutputStream(FileDescriptor.out));
            } else {
                try (OutputStream out = Files.newOutputStream(file)) {
                    copy(in, out);
                }
            }
        }
        return ExitCode.DONE;
    }

    /**
     * Copies until the reader of the standard output has gone. Not by way of {@link System#out}, which swallows the error,
     * so that the capture would never end.
     */
    static void copyUntilClosed(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            try {
                out.write(buffer, 0, read);
                out.flush();
            } catch (IOException e) {
                // Whoever read has seen enough, as with `| tcpdump -c 3`.
                return;
            }
        }
    }

    /** Copies bytes as soon as they arrive. */
    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            out.write(buffer, 0, read);
            out.flush();
        }
    }
}
