package io.vireo.dataplane.wire.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.layout.SharedLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Headers of shared memory files: of other versions, cut, or not of a data plane at all. */
class SharedMemoryFuzzTest {
    private static final int EDIT_BYTES = 1 + Long.BYTES;
    private static final Path FILE = file();
    private static final byte[] HEADER = header();

    private static Path file() {
        try {
            Path directory = Files.createTempDirectory("vireo-memory");
            directory.toFile().deleteOnExit();
            SharedMemory memory = TestMemory.create(directory); // not closed: that would mark it so
            memory.path().toFile().deleteOnExit();
            return memory.path();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] header() {
        try (FileChannel channel = FileChannel.open(FILE, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(SharedLayout.HEADER_LENGTH);
            channel.read(header, 0);
            return header.array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<byte[]> edits() {
        return Stream.iterate(0, word -> word + 1)
                .limit(SharedLayout.READY_OFFSET / Long.BYTES + 1)
                .flatMap(word -> Stream.of(0L, -1L, 1L << 20, 1L << 52, Long.MAX_VALUE)
                        .map(value -> ByteBuffer.allocate(EDIT_BYTES)
                                .put(word.byteValue())
                                .putLong(value)
                                .array()));
    }

    /**
     * A file is refused with a reason, or is mapped with the limits it was created with, so that no section lies outside. The input
     * is a list of words to overwrite in a sound header.
     */
    @MethodSource("edits")
    @FuzzTest
    void shouldMapOrRefuse(byte[] edits) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER.length).put(0, HEADER);
        ByteBuffer in = ByteBuffer.wrap(edits);
        while (in.remaining() >= EDIT_BYTES) {
            int word = Byte.toUnsignedInt(in.get()) % (HEADER.length / Long.BYTES);
            header.putLong(word * Long.BYTES, in.getLong());
        }
        try (FileChannel channel = FileChannel.open(FILE, StandardOpenOption.WRITE)) {
            channel.write(header, 0);
        }
        try (SharedMemory memory = SharedMemory.map(FILE)) {
            assertThat(memory.isReady()).isTrue();
            // Other limits may add up to the same length by chance; then all rings still lie within the file.
            assertThat(memory.commandRing().capacity()).isPositive();
            for (int worker = 0; worker < memory.limits().workers(); worker++) {
                assertThat(memory.captureRing(worker).capacity()).isPositive();
            }
        } catch (SharedMemoryException e) {
            assertThat(e.getMessage()).contains(FILE.toString());
        }
    }
}
