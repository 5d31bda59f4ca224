package io.vireo.bench.process;

import io.vireo.bench.report.Measurement;
import io.vireo.bench.report.MeasurementJson;
import io.vireo.bench.report.NotMeasuredException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The other end of {@link BenchJvm}: what its main class prints is either a figure or a word of progress. It ends when
 * whoever started it is gone.
 */
public final class BenchMain {
    static final String REFUSAL = "refused: ";
    private static final int FAILED = 1;

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** What is measured. */
    @FunctionalInterface
    public interface Body {
        /**
         * Measures.
         *
         * @throws NotMeasuredException when there is no figure to print
         */
        void run(BenchMain main) throws IOException, InterruptedException;
    }

    private BenchMain() {}

    /** Runs the body; a refusal becomes the reason that the command prints. */
    public static void run(Body body) throws IOException, InterruptedException {
        Thread monitor = new Thread(BenchMain::endWithParent, "parent-monitor");
        monitor.setDaemon(true);
        monitor.start();
        BenchMain main = new BenchMain();
        try {
            body.run(main);
        } catch (NotMeasuredException e) {
            main.out.println(REFUSAL + e.getMessage());
            System.exit(FAILED);
        }
        System.exit(0);
    }

    /** Says what is going on. */
    public void say(String text) {
        out.println(text);
    }

    /** Hands a figure over. */
    public void report(Measurement measurement) {
        out.println(MeasurementJson.write(measurement));
    }

    /** The parent holds the other end of standard input and never writes. */
    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is expected.
            }
        } catch (IOException _) {
            // As good as its end.
        }
        Runtime.getRuntime().halt(FAILED);
    }
}
