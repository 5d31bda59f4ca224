package io.vireo.bench.demo;

import io.vireo.bench.demo.lab.DemoCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A part of the demo: what it sets up, and what it checks there. {@link #close} may be called by any thread, and twice. */
interface Act extends AutoCloseable {
    /** What is set up, for people. */
    String title();

    /** Sets it up, without a past. */
    void setUp() throws IOException;

    /** All checks, in their order: each relies on what the ones before it left. */
    List<DemoCheck> checks();

    /** Has {@link #close} keep the nodes' logs in {@link #keptLogs}. */
    void keepLogs();

    /** Where the nodes' logs are after {@link #close}, when they are kept. */
    Path keptLogs();

    /** Where they are as long as the nodes run. */
    Path runningLogs();

    /** What to try while everything runs. */
    String hints();

    /** Takes everything away again. */
    @Override
    void close();
}
