package io.vireo.bench.forward;

import io.vireo.bench.report.Samples;
import io.vireo.control.process.Command;
import io.vireo.control.process.Command.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * DPDK's {@code dpdk-test-crypto-perf}: what the cipher of ESP alone takes, AES-GCM-128 by the same library, on one core.
 *
 * @param core that works
 * @param pages where its buffers lie
 */
record CryptoPerf(int core, Pages pages) {
    private static final int RUNS = 3;
    private static final int OPERATIONS = 1_000_000;

    /** Columns of a line of figures: core, bytes, burst, …, millions of operations per second, Gbit/s, cycles. */
    private static final int COLUMNS = 10;

    private static final int MEGA_OPERATIONS = 7;

    /** Millions of texts of so many bytes, each encrypted and tagged, per second. */
    Samples encrypting(int bytes) throws IOException {
        return samples("encrypt", bytes);
    }

    /** The same texts, each encrypted and then decrypted. */
    Samples both(int bytes) throws IOException {
        List<Double> encrypting = samples("encrypt", bytes).values();
        List<Double> decrypting = samples("decrypt", bytes).values();
        List<Double> both = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            both.add(1 / (1 / encrypting.get(run) + 1 / decrypting.get(run)));
        }
        return new Samples(both);
    }

    private Samples samples(String operation, int bytes) throws IOException {
        List<Double> samples = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            Result result = Command.of(arguments(operation, bytes)).run();
            if (!result.succeeded()) {
                throw new IOException("dpdk-test-crypto-perf (package dpdk-dev): "
                        + result.text().strip());
            }
            samples.add(megaOperations(result.text()));
        }
        return new Samples(samples);
    }

    /**
     * What it says of its one lcore and size.
     *
     * @throws IOException when it says nothing
     */
    static double megaOperations(String text) throws IOException {
        for (String line : text.lines().toList()) {
            String[] columns = line.split(",", -1);
            if (columns.length == COLUMNS && !line.startsWith("#")) {
                return Double.parseDouble(columns[MEGA_OPERATIONS]);
            }
        }
        throw new IOException("dpdk-test-crypto-perf says nothing: " + text.strip());
    }

    private String[] arguments(String operation, int bytes) {
        int manager = core == 0 ? 1 : 0; // it wants an lcore that only waits
        String eal =
                "dpdk-test-crypto-perf -l %d,%d --main-lcore=%d %s -m %d --no-pci --no-telemetry --file-prefix=vireo-bench-crypto-%d"
                        .formatted(
                                manager,
                                core,
                                manager,
                                pages.ealArgument(),
                                ForwardLimits.MEMORY_MEGABYTES,
                                ProcessHandle.current().pid());
        String test =
                "--vdev=crypto_aesni_gcm -- --ptest throughput --devtype crypto_aesni_gcm --optype aead --aead-algo aes-gcm"
                        + " --aead-key-sz 16 --aead-iv-sz 12 --aead-aad-sz 8 --digest-sz 16 --csv-friendly --silent"
                        + " --aead-op %s --buffer-sz %d --total-ops %d".formatted(operation, bytes, OPERATIONS);
        return (eal + " " + test).split(" ", -1);
    }
}
