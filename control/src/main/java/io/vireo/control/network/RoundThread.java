package io.vireo.control.network;

/** Does something again and again, on a thread of its own, whatever fails. */
final class RoundThread implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(RoundThread.class.getName());
    private static final long PERIOD_MS = 250;

    private final Runnable round;
    private final Thread thread;

    private RoundThread(String name, Runnable round) {
        this.round = round;
        thread = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
    }

    static RoundThread start(String name, Runnable round) {
        RoundThread rounds = new RoundThread(name, round);
        rounds.thread.start();
        return rounds;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(PERIOD_MS);
                round.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOGGER.log(System.Logger.Level.ERROR, "a round failed; the next one is tried", e);
            }
        }
    }
}
