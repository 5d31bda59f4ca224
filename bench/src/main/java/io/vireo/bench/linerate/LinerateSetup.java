package io.vireo.bench.linerate;

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
 * @param directory receives logs
 * @param effort how long to try
 * @param tally counts the trials
 */
record LinerateSetup(WireEnds wire, int flows, int generatorCore, Path directory, Effort effort, TrialTally tally) {
    GeneratorProcess startGenerator() throws IOException {
        return GeneratorProcess.start(generatorCore, directory.resolve("linerate-generator.log"));
    }
}
