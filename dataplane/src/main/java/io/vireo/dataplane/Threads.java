package io.vireo.dataplane;

/** Makes the threads of the data plane. */
final class Threads {
    private Threads() {}

    /**
     * Makes a thread that is not yet started.
     *
     * @param core to run on, or -1: wherever the kernel likes.
     */
    static Thread create(final String name, final Runnable work, final int core) {
        return Thread.ofPlatform().name("vireo-" + name).unstarted(work);
    }
}
