package io.vireo.dpdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts an EAL as its first argument says, and prints what came of it on the last line. */
final class EalStartMain {
    private EalStartMain() {}

    public static void main(String[] arguments) throws IOException {
        String before = allowedCpus();
        try (Eal _ = Eal.start(context(arguments[0]))) {
            System.out.println("started with " + Eal.version() + "; pinned: "
                    + !allowedCpus().equals(before));
            startAgain();
        } catch (DpdkException e) {
            System.out.println(e.getMessage());
        }
    }

    private static void startAgain() {
        try (Eal _ = Eal.start(new EalContext())) {
            System.out.println("a second EAL started");
        }
    }

    private static EalContext context(String scenario) {
        EalContext context = new EalContext().memoryMegabytes(16);
        return switch (scenario) {
            case "plain" -> context;
            case "hugepages" -> context.useHugepages(true).memoryMegabytes(1 << 20);
            case "argument" -> context.argument("--no-such-argument");
            case "memory" -> context.memoryMegabytes(1 << 20);
            default -> throw new IllegalArgumentException(scenario);
        };
    }

    private static String allowedCpus() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/thread-self/status"))) {
            return lines.filter(line -> line.startsWith("Cpus_allowed_list"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
