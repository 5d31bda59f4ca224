package io.vireo.bench.linerate.traffic;

import io.vireo.bench.forward.Pages;
import io.vireo.bench.process.ChildProcesses;
import io.vireo.bench.report.NotMeasuredException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The command's hold on the generator: starts the process, asks it for trials, ends it. One thread. */
public final class GeneratorProcess implements AutoCloseable {
    /** Hugepages of 2 MiB that it needs: its memory, and what is lost at its edges. */
    public static final int HUGEPAGES = GeneratorMain.MEMORY_MEGABYTES / 2 + 32;

    /** It allocates nothing while a trial lasts, and little between trials. */
    private static final List<String> FLAGS = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xms256m",
            "-Xmx256m",
            "-XX:+AlwaysPreTouch");

    private final JsonMapper json = JsonMapper.builder().build();
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final Path log;

    private GeneratorProcess(Process process, Path log) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.log = log;
    }

    /**
     * Starts it; it is ready when this returns.
     *
     * @param core CPU of its thread
     * @param pages where its packets lie
     * @param bus where its ports are
     * @param log receives its standard error
     */
    public static GeneratorProcess start(int core, Pages pages, Bus bus, Path log) throws IOException {
        GeneratorProcess generator = new GeneratorProcess(
                ChildProcesses.register(new ProcessBuilder(command(core, pages, bus))
                        .redirectError(log.toFile())
                        .start()),
                log);
        generator.expect(GeneratorMain.READY);
        return generator;
    }

    private static List<String> command(int core, Pages pages, Bus bus) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(GeneratorMain.class.getName(), Integer.toString(core), pages.name(), bus.name()));
        return command;
    }

    /**
     * Connects it to a device that is there; returns when the wire has a carrier.
     *
     * @param sendingDevice as DPDK spells it
     * @param receivingDevice likewise; the same text for one port that does both
     * @param timeout how long to wait for it
     * @throws NotConnectedException when it does not get one
     */
    public void connect(String sendingDevice, String receivingDevice, Duration timeout) throws IOException {
        ask(GeneratorMain.CONNECT + timeout.toMillis() + " " + sendingDevice + " " + receivingDevice);
        expect(GeneratorMain.OK);
    }

    /** Has it wait for a device that is yet to come, and may go and come again. */
    public void listen(String sendingDevice, String receivingDevice) throws IOException {
        ask(GeneratorMain.LISTEN + sendingDevice + " " + receivingDevice);
        expect(GeneratorMain.OK);
    }

    /**
     * Gives its polling thread, and the device's, real-time priority while a trial lasts: once both are
     * warm, for a JVM's compiler needs its share before. No trial may be longer than 600 ms then.
     *
     * @param deviceThread Linux's number of the thread that forwards
     */
    public void useRealTime(int deviceThread) throws IOException {
        ask(GeneratorMain.REAL_TIME + deviceThread);
        expect(GeneratorMain.OK);
    }

    /** Takes it off the wire. */
    public void disconnect() throws IOException {
        ask(GeneratorMain.DISCONNECT);
        expect(GeneratorMain.OK);
    }

    /** Makes a trial. */
    public TrialReport run(TrialRequest request) throws IOException {
        begin(request);
        return end();
    }

    /** Begins a trial and does not wait for it; {@link #end} does. */
    public void begin(TrialRequest request) throws IOException {
        ask(GeneratorMain.RUN + json.writeValueAsString(request));
    }

    /** Waits for the trial that was begun. */
    public TrialReport end() throws IOException {
        String report = expect(GeneratorMain.REPORT);
        return json.readValue(report.substring(GeneratorMain.REPORT.length()), TrialReport.class);
    }

    private void ask(String request) throws IOException {
        requests.write(request);
        requests.newLine();
        requests.flush();
    }

    /** The next answer, which must begin so; DPDK may print lines of its own between. */
    private String expect(String beginning) throws IOException {
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
            if (line.startsWith(GeneratorMain.NOT_CONNECTED)) {
                throw new NotConnectedException(line.substring(GeneratorMain.NOT_CONNECTED.length()));
            }
            if (line.startsWith(GeneratorMain.FAILED)) {
                throw new NotMeasuredException("generator: " + line.substring(GeneratorMain.FAILED.length()));
            }
        }
        throw new NotMeasuredException("the generator ended; see " + log);
    }

    @Override
    public void close() {
        ChildProcesses.end(process);
    }
}
