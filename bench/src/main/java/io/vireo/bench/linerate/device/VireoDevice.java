package io.vireo.bench.linerate.device;

import io.vireo.bench.forward.LaunchedVireo;
import io.vireo.bench.forward.Pages;
import io.vireo.bench.linerate.traffic.Bus;
import io.vireo.bench.linerate.traffic.Rewrite;
import io.vireo.bench.process.ChildProcesses;
import io.vireo.bench.report.NotMeasuredException;
import io.vireo.control.supervisor.JvmCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Vireo's real data plane process, programmed through its shared memory, as control does.
 *
 * @param rewrite what it makes of a frame
 * @param wire its ports
 * @param flows how many flows, a route for each
 * @param core CPU of the forwarding worker
 * @param conductorCore CPU of the conductor
 * @param pages where packets lie
 * @param log receives what it prints
 */
record VireoDevice(Rewrite rewrite, WireEnds wire, int flows, int core, int conductorCore, Pages pages, Path log)
        implements DeviceUnderTest {
    @Override
    public String name() {
        return "vireo";
    }

    @Override
    public RunningDevice start() throws IOException, InterruptedException {
        wire.makeRoomForDevice();
        Path shared = ChildProcesses.directory("vireo-bench-");
        List<String> settings = List.of(
                "vireo.workers=1",
                "vireo.worker.cores=" + core,
                "vireo.conductor.core=" + conductorCore,
                "vireo.idle=busy-spin",
                "vireo.conductor.idle=backoff", // it shares the generator's CPU
                pages.setting(),
                "vireo.pci=" + (wire.deviceBus() == Bus.PCI),
                "vireo.memory.mb=" + Devices.MEMORY_MEGABYTES,
                "vireo.mbufs=" + Devices.MBUFS);
        LaunchedVireo launched = LaunchedVireo.launch(JvmCommand.dataPlane("bench", shared, settings), shared, log);
        try {
            RunningVireo running = new RunningVireo(launched, launched.awaitReady(), rewrite);
            running.configure(wire, flows);
            return running;
        } catch (IOException e) {
            launched.close();
            throw new NotMeasuredException(String.valueOf(e.getMessage()));
        } catch (InterruptedException | RuntimeException e) {
            launched.close();
            throw e;
        }
    }
}
