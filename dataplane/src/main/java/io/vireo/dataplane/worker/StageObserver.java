package io.vireo.dataplane.worker;

import io.vireo.dataplane.path.Burst;
import io.vireo.dataplane.wire.code.TraceStage;

/** Sees a burst between the stages of a {@link Pipeline}: to count, to copy, to report; it changes nothing. */
public interface StageObserver {
    /** A stage has processed the burst, and the next one has not. Called once per stage, burst and round. */
    void after(TraceStage stage, Burst burst);
}
