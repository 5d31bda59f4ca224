package io.vireo.control.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks HTTP/1.1 to the control socket; one connection for each request. Used by one thread.
 *
 * <p>The JDK's own client knows no Unix domain sockets, and any other would cost more to start than the request takes.
 */
public final class ControlClient {
    /** How JSON is read and written by the command line. */
    public static final JsonMapper JSON = JsonMapper.builder().build();

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    private final Path socket;
    private final String startCommand;

    private ControlClient(Path socket, String startCommand) {
        this.socket = socket;
        this.startCommand = startCommand;
    }

    /** A client of the socket at this path. Connects when it is used. */
    public static ControlClient connect(Path socket) {
        return connect(socket, "vireo up");
    }

    /** As above, of what is started by this command when it does not run. */
    public static ControlClient connect(Path socket, String startCommand) {
        return new ControlClient(socket, startCommand);
    }

    /**
     * Asks for something.
     *
     * @param path path with query, such as {@code /v1/ports}.
     * @throws CliException when control does not answer, or answers with an error.
     */
    public JsonNode get(String path) {
        return json(send("GET", path, ""));
    }

    /** Changes something. The rest is as for {@link #get}. */
    public JsonNode post(String path, String body) {
        return json(send("POST", path, body));
    }

    /** Replaces something. The rest is as for {@link #get}. */
    public JsonNode put(String path, String body) {
        return json(send("PUT", path, body));
    }

    /** Removes something. The rest is as for {@link #get}. */
    public JsonNode delete(String path) {
        return json(send("DELETE", path, ""));
    }

    /** Asks for something that is not JSON. */
    public String text(String path) {
        try (HttpResponse response = send("GET", path, "")) {
            return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw disconnected(e);
        }
    }

    /** Asks for a table whose rows are read as they come; the caller closes it. */
    HttpResponse table(String path) {
        return send("GET", path, "");
    }

    /** Requests an endless stream; the caller reads and closes it. */
    public InputStream stream(String path) {
        return send("GET", path, "").body();
    }

    private HttpResponse send(String method, String path, String body) {
        try {
            SocketChannel channel = open();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            String head = method + " " + path + " HTTP/1.1\r\nHost: vireo\r\nConnection: close\r\n" + "Content-Length: "
                    + bytes.length + "\r\n\r\n";
            write(channel, head.getBytes(StandardCharsets.US_ASCII));
            write(channel, bytes);
            HttpResponse response = HttpResponse.read(Channels.newInputStream(channel));
            if (response.status() >= BAD_REQUEST) {
                throw failure(response);
            }
            return response;
        } catch (IOException e) {
            throw disconnected(e);
        }
    }

    private SocketChannel open() {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open(StandardProtocolFamily.UNIX);
            channel.connect(UnixDomainSocketAddress.of(socket));
            return channel;
        } catch (IOException e) {
            closeQuietly(channel);
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    "control does not answer on " + socket + " (" + e.getMessage() + "); is it running? Start it with: "
                            + startCommand);
        }
    }

    private static void write(SocketChannel channel, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static JsonNode json(HttpResponse response) {
        try (response) {
            return JSON.readTree(response.body());
        } catch (IOException | JacksonException e) {
            throw disconnected(e);
        }
    }

    /** Turns a problem document into a message: the detail, or a line for each wrong field. */
    private static CliException failure(HttpResponse response) {
        JsonNode problem = json(response);
        StringBuilder message = new StringBuilder(problem.path("title").asString("the request failed"));
        JsonNode errors = problem.path("errors");
        if (errors.isEmpty()) {
            message.append(": ").append(problem.path("detail").asString(""));
        }
        for (JsonNode error : errors) {
            message.append("\n  ").append(describe(error));
        }
        return new CliException(exitCodeOf(response.status()), message.toString(), response.status());
    }

    private static String describe(JsonNode error) {
        StringBuilder line = new StringBuilder();
        if (error.path("line").asInt(0) > 0) {
            line.append("line ").append(error.path("line").asInt()).append(", column ");
            line.append(error.path("column").asInt()).append(": ");
        }
        String path = error.path("path").asString("");
        line.append(path.isEmpty() ? "" : path + ": ")
                .append(error.path("reason").asString(""));
        String value = error.path("value").asString("");
        if (!value.isEmpty() && line.indexOf("'" + value + "'") < 0) {
            line.append(" (got '").append(value).append("')");
        }
        return line.toString();
    }

    private static int exitCodeOf(int status) {
        return switch (status) {
            case BAD_REQUEST -> ExitCode.USAGE;
            case FORBIDDEN -> ExitCode.NOT_PERMITTED;
            case CONFLICT, UNPROCESSABLE, TOO_MANY -> ExitCode.REFUSED;
            default -> ExitCode.FAILED;
        };
    }

    static CliException disconnected(Exception e) {
        return new CliException(ExitCode.UNREACHABLE, "control closed the connection: " + e.getMessage());
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable SocketChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw disconnected(e);
        }
    }
}
