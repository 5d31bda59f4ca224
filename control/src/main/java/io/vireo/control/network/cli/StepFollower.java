package io.vireo.control.network.cli;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Prints each node's step while a set-up runs. */
final class StepFollower {
    private static final long PERIOD_MS = 200;
    private static final String STEP = "network.step";

    private final ControlClient client;
    private final PrintWriter err;
    private long last;

    /** @param client of its own, for the set-up keeps another one. */
    StepFollower(ControlClient client, PrintWriter err) {
        this.client = client;
        this.err = err;
    }

    /** Does the work, and prints the steps that happen meanwhile. */
    JsonNode during(Supplier<JsonNode> work) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        last = lastNumber();
        Thread follower = Thread.ofVirtual().start(() -> follow(done));
        try {
            return work.get();
        } finally {
            done.countDown();
            follower.join();
        }
    }

    private long lastNumber() {
        long number = 0;
        for (JsonNode event : client.get("/v1/events")) {
            number = event.path("number").asLong();
        }
        return number;
    }

    private void follow(CountDownLatch done) {
        try {
            boolean isDone = false;
            while (!isDone) {
                isDone = done.await(PERIOD_MS, TimeUnit.MILLISECONDS);
                printNew();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (CliException e) {
            err.println(
                    "vireo: steps are not shown: " + e.getMessage()); // what becomes of the set-up its own request says
        }
    }

    private void printNew() {
        for (JsonNode event : client.get("/v1/events?after=" + last)) {
            last = event.path("number").asLong();
            if (event.at("/event/type").asString().equals(STEP)) {
                err.println("vireo: " + event.at("/event/text").asString());
            }
        }
        err.flush();
    }
}
