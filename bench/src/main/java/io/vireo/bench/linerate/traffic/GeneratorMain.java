package io.vireo.bench.linerate.traffic;

import io.vireo.bench.forward.Pages;
import io.vireo.dpdk.CoreAffinity;
import io.vireo.dpdk.DpdkException;
import io.vireo.dpdk.Eal;
import io.vireo.dpdk.EalContext;
import io.vireo.dpdk.WorkerThread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/**
 * The generator's process: {@code GeneratorMain CORE PAGES BUS}. Reads requests from standard input, one a line, and answers each with a
 * line; ends when its input does.
 *
 * <pre>
 * connect MS SENDING-DEVICE RECEIVING-DEVICE  ok          devices as DPDK spells them; waits so long for the carrier
 * run {TrialRequest as JSON}                report {TrialReport as JSON}
 * listen SENDING-DEVICE RECEIVING-DEVICE    ok            does not wait for the other end
 * real-time THREAD                          ok            from now on this and the generator are real-time threads while a trial lasts
 * disconnect                                ok
 *                                           not connected TEXT  when there is no carrier
 * anything that goes wrong                  failed TEXT
 * </pre>
 */
public final class GeneratorMain {
    static final String THREAD = "generator";
    static final String READY = "ready";
    static final String OK = "ok";
    static final String REPORT = "report ";
    static final String FAILED = "failed ";
    static final String NOT_CONNECTED = "not connected ";
    static final String CONNECT = "connect ";
    static final String LISTEN = "listen ";
    static final String RUN = "run ";
    static final String REAL_TIME = "real-time ";
    static final String DISCONNECT = "disconnect";

    static final int MEMORY_MEGABYTES = 128;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Generator generator;

    private GeneratorMain(Generator generator) {
        this.generator = generator;
    }

    /** Starts DPDK, then works on a thread of its own: the one that starts DPDK must not be registered with it. */
    public static void main(String[] arguments) throws InterruptedException {
        int core = Integer.parseInt(arguments[0]);
        // Zero-copy memif hands the device our memory itself, and wants it to be one file.
        EalContext context = new EalContext()
                .memoryMegabytes(MEMORY_MEGABYTES)
                .useHugepages(Pages.valueOf(arguments[1]) == Pages.HUGE)
                .usePci(Bus.valueOf(arguments[2]) == Bus.PCI)
                .argument("--single-file-segments");
        try (Eal _ = Eal.start(context)) {
            Thread thread = new Thread(() -> serve(core), THREAD);
            thread.start();
            thread.join();
        }
    }

    private static void serve(int core) {
        CoreAffinity.pin(core);
        try (WorkerThread _ = WorkerThread.register();
                Generator generator = new Generator();
                BufferedReader requests =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            new GeneratorMain(generator).answerAll(requests, System.out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answerAll(BufferedReader requests, PrintStream answers) throws IOException, InterruptedException {
        answers.println(READY);
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            answers.println(answer(line));
            answers.flush();
        }
    }

    private String answer(String line) throws InterruptedException {
        try {
            if (line.startsWith(RUN)) {
                TrialRequest request = json.readValue(line.substring(RUN.length()), TrialRequest.class);
                return REPORT + json.writeValueAsString(generator.run(request));
            }
            if (line.startsWith(CONNECT)) {
                String[] words = line.substring(CONNECT.length()).split(" ", 3);
                generator.connect(words[1], words[2], Duration.ofMillis(Long.parseLong(words[0])));
            } else if (line.startsWith(LISTEN)) {
                String[] devices = line.substring(LISTEN.length()).split(" ", 2);
                generator.listen(devices[0], devices[1]);
            } else if (line.startsWith(REAL_TIME)) {
                generator.useRealTime(Integer.parseInt(line.substring(REAL_TIME.length())));
            } else if (line.equals(DISCONNECT)) {
                generator.disconnect();
            } else {
                return FAILED + "unknown request: " + line;
            }
            return OK;
        } catch (NotConnectedException e) {
            return NOT_CONNECTED + e.getMessage();
        } catch (DpdkException | IllegalStateException | IllegalArgumentException e) {
            return FAILED + String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }
}
