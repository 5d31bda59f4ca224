package io.vireo.control.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FdKeeperTest {
    private static final int EMFILE = 24;

    @TempDir
    private Path directory;

    private Path path;
    private FdKeeper keeper;
    private Thread server;

    @BeforeEach
    void start() {
        path = directory.resolve("supervisor.sock");
        keeper = FdKeeper.bind(path);
        server = Thread.ofPlatform().start(keeper::run);
    }

    @AfterEach
    void stop() throws InterruptedException {
        keeper.close();
        server.join();
        assertThat(path).doesNotExist();
    }

    @Test
    void shouldKeepACarrierOnAfterTheClientIsGone() {
        try (TestNamespace test = new TestNamespace()) {
            Descriptor attached = test.namespace().call(() -> TapDevice.openQueue("h1"));
            test.run("ip link set h1 up");
            try (FdKeeperClient client = FdKeeperClient.connect(path);
                    Descriptor detached = test.namespace().call(() -> TapDevice.openDetachedQueue("h1"))) {
                client.keep("blue/h1", detached);
            }
            attached.close();
            assertThat(test.run("ip -o link show h1")).contains("LOWER_UP");

            try (FdKeeperClient client = FdKeeperClient.connect(path)) {
                assertThat(client.names()).containsExactly("blue/h1");
                client.drop("blue/h1");
                assertThat(client.names()).isEmpty();
            }
            assertThat(test.run("ip -o link show h1")).contains("NO-CARRIER");
        }
    }

    @Test
    void shouldReplaceWhatWasKeptUnderTheSameName() {
        try (FdKeeperClient client = FdKeeperClient.connect(path);
                EventFd first = new EventFd("first");
                EventFd second = new EventFd("second")) {
            client.keep("a", first.descriptor());
            client.keep("b", first.descriptor());
            client.keep("a", second.descriptor());
            client.drop("nothing");
            assertThat(keeper.names()).containsExactly("a", "b");
        }
    }

    @Test
    void shouldServeSeveralClients() {
        try (FdKeeperClient one = FdKeeperClient.connect(path);
                FdKeeperClient two = FdKeeperClient.connect(path);
                EventFd fd = new EventFd("fd")) {
            one.keep("one", fd.descriptor());
            two.keep("two", fd.descriptor());
            assertThat(one.names()).containsExactly("one", "two");
        }
    }

    @Test
    void shouldServeAgainAfterConnectionsCouldNotBeAccepted() throws InterruptedException {
        Path scarce = directory.resolve("scarce.sock");
        SeqPacketSocket listener = SeqPacketSocket.listen(scarce);
        AtomicInteger failures = new AtomicInteger(2);
        FdKeeper poor = new FdKeeper(scarce, listener, () -> {
            if (failures.getAndDecrement() > 0) {
                throw new LinuxException("accept", "scarce.sock", EMFILE);
            }
            return listener.accept();
        });
        Thread thread = Thread.ofPlatform().start(poor::run);
        try (FdKeeperClient client = FdKeeperClient.connect(scarce);
                EventFd fd = new EventFd("fd")) {
            client.keep("a", fd.descriptor());
            assertThat(poor.names()).containsExactly("a");
        } finally {
            poor.close();
            thread.join();
        }
        assertThat(failures.get()).isNegative();
    }

    @Test
    void shouldAnswerARequestItDoesNotUnderstand() {
        try (SeqPacketSocket socket = SeqPacketSocket.connect(path);
                EventFd fd = new EventFd("fd")) {
            socket.send("SING", fd.descriptor());
            assertThat(text(socket)).isEqualTo("ERR unknown request SING");
            socket.send("KEEP without");
            assertThat(text(socket)).isEqualTo("ERR KEEP came without a descriptor");
            socket.send("LIST");
            assertThat(text(socket)).isEqualTo("OK\n");
        }
    }

    @Test
    void shouldSayThatNobodyListens() {
        assertThatThrownBy(() -> FdKeeperClient.connect(directory.resolve("nobody")))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("nobody")
                .hasMessageContaining("No such file");
    }

    private static String text(SeqPacketSocket socket) {
        SeqPacketSocket.Message answer = socket.receive();
        return answer == null ? "closed" : answer.text();
    }
}
