package io.vireo.control;

import io.vireo.control.desired.DesiredState;

/** Checks several times a second whether an unconfirmed version or a reservation is overdue, on a thread of its own. */
final class ConfirmationTimer implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(ConfirmationTimer.class.getName());
    private static final long POLL_MS = 250;

    private final DesiredState desired;
    private final Thread thread;

    private ConfirmationTimer(DesiredState desired) {
        this.desired = desired;
        this.thread = Thread.ofPlatform().name("confirmation").daemon().unstarted(this::run);
    }

    static ConfirmationTimer start(DesiredState desired) {
        ConfirmationTimer timer = new ConfirmationTimer(desired);
        timer.thread.start();
        return timer;
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(POLL_MS);
                desired.endWhatIsOver();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                // Retried at the next poll: it is still pending in the store.
                LOGGER.log(System.Logger.Level.ERROR, "what is overdue could not be ended", e);
            }
        }
    }
}
