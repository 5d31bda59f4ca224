package io.vireo.bench.linerate;

import io.vireo.bench.linerate.device.DeviceUnderTest;
import io.vireo.bench.linerate.traffic.GeneratorProcess;
import io.vireo.bench.linerate.traffic.Genome;
import io.vireo.bench.linerate.traffic.Phase;
import io.vireo.bench.linerate.traffic.Rewrite;
import io.vireo.bench.linerate.traffic.TrialReport;
import io.vireo.bench.linerate.traffic.TrialRequest;
import io.vireo.bench.report.NotMeasuredException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A generator wired to a running device, with frames of one genome: makes trials and believes none that went wrong. One
 * thread.
 */
final class Testbed {
    private final GeneratorProcess generator;
    private final String device;
    private final Rewrite rewrite;
    private final Genome genome;
    private final int flows;
    private final TrialTally tally;
    private final PunctualTrials punctual;

    /**
     * @param device the device's name
     * @param rewrite what it makes of a frame
     */
    Testbed(LinerateSetup setup, GeneratorProcess generator, String device, Rewrite rewrite, Genome genome) {
        this.generator = generator;
        this.device = device;
        this.rewrite = rewrite;
        this.genome = genome;
        this.flows = setup.flows();
        this.tally = setup.tally();
        this.punctual = new PunctualTrials(this::run, TimeUnit.NANOSECONDS::sleep, tally);
    }

    /** Trials that count. */
    PunctualTrials punctual() {
        return punctual;
    }

    /** Makes a trial, however punctual the generator is; what came back is verified. */
    TrialReport run(List<Phase> phases) throws IOException {
        startTrial(phases);
        return awaitTrial();
    }

    /** Begins a trial and does not wait for it. */
    void startTrial(List<Phase> phases) throws IOException {
        generator.begin(new TrialRequest(
                phases,
                flows,
                genome.frameBytes(),
                DeviceUnderTest.ROUTER_MAC,
                DeviceUnderTest.GENERATOR_MAC,
                rewrite));
    }

    /** Waits for the trial that was begun; what came back is verified. */
    TrialReport awaitTrial() throws IOException {
        TrialReport report = generator.end();
        tally.addForeign(report.foreignFrames());
        verify(report);
        return report;
    }

    /** Loss is what the tests measure. Anything else must not be: there is no figure for a path that does it. */
    private void verify(TrialReport report) {
        if (report.misroutedFrames() > 0) {
            throw refused(report.misroutedFrames() + " frames came back wrong; the first: " + report.fault());
        }
        if (report.duplicateFrames() > 0) {
            throw refused(report.duplicateFrames() + " frames came back twice");
        }
        if (report.strayFrames() > 0) {
            throw refused(report.strayFrames()
                    + " frames came back that were never sent, or long after later ones; the first: " + report.fault());
        }
        if (report.reorderedFrames() > 0) {
            throw refused(report.reorderedFrames() + " frames came back after later ones of their flow");
        }
        if (report.receivedFrames() > 0 && report.sampledFrames() == 0) {
            throw refused("no frame was looked at");
        }
    }

    private NotMeasuredException refused(String what) {
        return new NotMeasuredException(device + ", " + genome.name() + " bytes: " + what);
    }
}
