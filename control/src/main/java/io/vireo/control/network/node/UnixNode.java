package io.vireo.control.network.node;

import io.vireo.control.cli.CliException;
import io.vireo.control.cli.ControlClient;
import io.vireo.control.cli.ExitCode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** A node whose API is on a Unix domain socket of this machine. Any thread may call; each call has a connection of its own. */
public final class UnixNode implements NodeApi {
    private static final String SCHEME = "unix:";
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    private final ControlClient client;
    private final Duration deadline;

    private UnixNode(ControlClient client, Duration deadline) {
        this.client = client;
        this.deadline = deadline;
    }

    /**
     * Connects to nodes of this machine.
     *
     * @param deadline of each call, connecting included
     */
    public static NodeConnector connector(Duration deadline) {
        return api -> {
            if (!api.startsWith(SCHEME)) {
                throw new IllegalArgumentException(
                        "'" + api + "' is no address of a node's API: " + SCHEME + "PATH is");
            }
            return new UnixNode(ControlClient.connect(Path.of(api.substring(SCHEME.length()))), deadline);
        };
    }

    @Override
    public long reserve(NodeReservation reservation) throws NodeRefusedException, NodeAwayException {
        String query = "?leaseSeconds=" + reservation.lease().toSeconds() + "&token=" + reservation.token()
                + (reservation.baseVersion() == null ? "" : "&baseVersion=" + reservation.baseVersion());
        return asked(() -> client.put(path(reservation.id()) + query, reservation.document()))
                .path("version")
                .asLong();
    }

    @Override
    public long commit(String id, long token) throws NotHeldException, NodeRefusedException, NodeAwayException {
        try {
            return answer(() -> client.post(path(id) + "/commit?token=" + token, ""))
                    .path("version")
                    .asLong();
        } catch (CliException e) {
            if (e.httpStatus() == NOT_FOUND) {
                throw new NotHeldException(String.valueOf(e.getMessage()));
            }
            throw refusalOf(e);
        }
    }

    @Override
    public void release(String id, long token) throws NodeRefusedException, NodeAwayException {
        asked(() -> client.delete(path(id) + "?token=" + token));
    }

    private static String path(String id) {
        return "/v1/reservations/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private JsonNode asked(Supplier<JsonNode> request) throws NodeRefusedException, NodeAwayException {
        try {
            return answer(request);
        } catch (CliException e) {
            throw refusalOf(e);
        }
    }

    /** The refusal in an answer; what is no answer, or one of a node that has no time or failed, is thrown as that. */
    private static NodeRefusedException refusalOf(CliException e) throws NodeAwayException {
        String text = String.valueOf(e.getMessage());
        if (e.exitCode() == ExitCode.UNREACHABLE || e.httpStatus() == TOO_MANY || e.httpStatus() >= SERVER_ERROR) {
            throw new NodeAwayException(text);
        }
        return new NodeRefusedException(text);
    }

    /** The answer within the deadline. Interrupting who waits for it closes the socket, as of every interruptible channel. */
    private JsonNode answer(Supplier<JsonNode> request) throws NodeAwayException {
        FutureTask<JsonNode> task = new FutureTask<>(request::get);
        Thread.ofVirtual().name("node-call").start(task);
        try {
            return task.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new NodeAwayException("does not answer within " + deadline.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeAwayException("was not waited for");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case CliException refused -> throw refused;
                case RuntimeException failure -> throw new NodeAwayException(String.valueOf(failure));
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            task.cancel(true);
        }
    }
}
