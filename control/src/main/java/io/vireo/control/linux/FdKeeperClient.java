package io.vireo.control.linux;

import java.nio.file.Path;
import java.util.List;

/** The side of {@link FdKeeper} that hands descriptors over. One thread at a time. */
public final class FdKeeperClient implements AutoCloseable {
    private final SeqPacketSocket socket;

    private FdKeeperClient(SeqPacketSocket socket) {
        this.socket = socket;
    }

    /**
     * Connects to the keeper that listens on {@code path}.
     *
     * @throws LinuxException {@code ENOENT} or {@code ECONNREFUSED} when there is none
     */
    public static FdKeeperClient connect(Path path) {
        return new FdKeeperClient(SeqPacketSocket.connect(path));
    }

    /** Hands a duplicate of {@code descriptor} over; the caller's own may be closed afterwards. */
    public void keep(String name, Descriptor descriptor) {
        socket.send(FdKeeper.KEEP + name, descriptor);
        answer(name);
    }

    /** Has what is kept under {@code name} closed, if anything. */
    public void drop(String name) {
        socket.send(FdKeeper.DROP + name);
        answer(name);
    }

    /** What the keeper holds, sorted. */
    public List<String> names() {
        socket.send(FdKeeper.LIST);
        return answer("list").lines().skip(1).filter(name -> !name.isEmpty()).toList();
    }

    @Override
    public void close() {
        socket.close();
    }

    private String answer(String name) {
        SeqPacketSocket.Message answer = socket.receive();
        if (answer == null) {
            throw new LinuxException("fd keeper", name, Errno.ECONNREFUSED, "it closed the connection");
        }
        if (!answer.text().startsWith(FdKeeper.OK)) {
            throw new LinuxException("fd keeper", name, Errno.EINVAL, answer.text());
        }
        return answer.text();
    }
}
