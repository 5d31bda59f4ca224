package io.vireo.bench.linerate;

import io.vireo.bench.forward.Pages;
import io.vireo.bench.linerate.device.WireEnds;
import io.vireo.bench.linerate.traffic.GeneratorProcess;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What all sessions of a run have in common.
 *
 * @param wire the ports
 * @param flows how many flows
 * @param generatorCore CPU of the generator
 * @param pages where packets lie
 * @param directory receives logs
 * @param parameters how long to try
 * @param tally counts the trials
 */
record LinerateSetup(
        WireEnds wire,
        int flows,
        int generatorCore,
        Pages pages,
        Path directory,
        TestParameters parameters,
        TrialTally tally) {
    GeneratorProcess startGenerator() throws IOException {
        return GeneratorProcess.start(
                generatorCore, pages, wire.generatorBus(), directory.resolve("linerate-generator.log"));
    }
}
