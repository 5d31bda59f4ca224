package io.vireo.dataplane.wire.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vireo.dataplane.wire.TestMemory;
import io.vireo.dataplane.wire.counters.SystemCounter;
import io.vireo.dataplane.wire.layout.SharedLayout;
import io.vireo.dataplane.wire.layout.SharedLimits;
import io.vireo.dataplane.wire.memory.SharedMemoryException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedMemoryTest {
    @TempDir
    private Path directory;

    @Test
    void shouldShowControlWhatTheDataPlaneSaysAboutItself() {
        try (SharedMemory dataplane = TestMemory.create(directory);
                SharedMemory control = SharedMemory.map(dataplane.path())) {
            assertThat(control.limits()).isEqualTo(TestMemory.LIMITS);
            assertThat(control.dataplanePid()).isEqualTo(4711);
            assertThat(control.startTimeMs()).isEqualTo(1_000_000);
            assertThat(control.incarnation()).isEqualTo(dataplane.incarnation()).isEqualTo(1_000_000);
            assertThat(control.schemaVersion()).isEqualTo(SharedLayout.schemaVersion());
            assertThat(control.isReady()).isTrue();
            assertThat(control.isStale()).isFalse();
        }
    }

    @Test
    void shouldShowTheDataPlaneWhoControlsIt() {
        try (SharedMemory dataplane = TestMemory.create(directory);
                SharedMemory control = SharedMemory.map(dataplane.path())) {
            assertThat(dataplane.controlPid()).isZero();
            control.attachControl(815, 1_000);
            control.controlHeartbeat(2_000);
            assertThat(dataplane.controlPid()).isEqualTo(815);
            assertThat(dataplane.controlIncarnation()).isEqualTo(1);
            assertThat(dataplane.controlHeartbeatNs()).isEqualTo(2_000);
            control.attachControl(816, 3_000);
            assertThat(dataplane.controlIncarnation()).isEqualTo(2);
        }
    }

    @Test
    void shouldShowHeartbeats() {
        try (SharedMemory dataplane = TestMemory.create(directory);
                SharedMemory control = SharedMemory.map(dataplane.path())) {
            assertThat(control.heartbeats().conductorNs()).isZero();
            dataplane.heartbeats().conductor(11);
            dataplane.heartbeats().worker(0, 21, 22, 23);
            dataplane.heartbeats().worker(1, 31, 32, 33);
            Heartbeats seen = control.heartbeats();
            assertThat(seen.conductorNs()).isEqualTo(11);
            assertThat(new long[] {seen.workerNs(0), seen.workerDutyCycles(0), seen.workerBusyCycles(0)})
                    .containsExactly(21, 22, 23);
            assertThat(new long[] {seen.workerNs(1), seen.workerDutyCycles(1), seen.workerBusyCycles(1)})
                    .containsExactly(31, 32, 33);
        }
    }

    @Test
    void shouldBeReachableByItsOwnerOnly() throws IOException {
        Path node = directory.resolve("vireo/node");
        try (SharedMemory dataplane = TestMemory.create(node)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dataplane.path())))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(node)))
                    .isEqualTo("rwx------");
            assertThat(node.toFile().list()).containsExactly("dataplane.shm");
        }
    }

    @Test
    void shouldGrowTheIncarnationEvenWhenTheClockGoesBack() {
        try (SharedMemory first = TestMemory.create(directory)) {
            try (SharedMemory second =
                    SharedMemory.create(TestMemory.context(directory).startTimeMs(5))) {
                assertThat(second.incarnation()).isEqualTo(first.incarnation() + 1);
            }
        }
    }

    @Test
    void shouldBeStaleOnceANewDataPlaneHasStarted() {
        try (SharedMemory first = TestMemory.create(directory);
                SharedMemory control = SharedMemory.map(first.path());
                SharedMemory second = TestMemory.create(directory)) {
            assertThat(control.isStale()).isTrue();
            assertThat(first.isStale()).isTrue();
            assertThat(second.isStale()).isFalse();
            assertThat(control.heartbeats().conductorNs()).isZero(); // the old memory is still there
        }
    }

    @Test
    void shouldBeStaleOnceTheFileIsGoneOrClosed() throws IOException {
        SharedMemory dataplane = TestMemory.create(directory);
        try (SharedMemory control = SharedMemory.map(dataplane.path())) {
            dataplane.close();
            assertThat(control.isStale()).isTrue();
        }
        try (SharedMemory next = TestMemory.create(directory)) {
            Files.delete(next.path());
            assertThat(next.isStale()).isTrue();
        }
    }

    @Test
    void shouldReplaceWhatAKilledDataPlaneLeftHalfDone() throws IOException {
        Files.write(directory.resolve("dataplane.shm.new"), new byte[100]);
        Files.write(directory.resolve("dataplane.shm"), new byte[5]);
        try (SharedMemory dataplane = TestMemory.create(directory)) {
            assertThat(dataplane.isStale()).isFalse();
            assertThat(directory.toFile().list()).containsExactly("dataplane.shm");
        }
    }

    @Test
    void shouldSayThatTheFileIsMissing() {
        refuses(Reason.MISSING, "has not started");
    }

    @Test
    void shouldSayThatTheDataPlaneIsNotReady() {
        try (SharedMemory dataplane = SharedMemory.create(TestMemory.context(directory))) {
            refuses(Reason.NOT_READY, "still starting");
            dataplane.ready();
            SharedMemory.map(dataplane.path()).close();
        }
    }

    @Test
    void shouldSayThatTheDataPlaneHasEnded() {
        TestMemory.create(directory).close();
        refuses(Reason.CLOSED, "has ended");
    }

    @Test
    void shouldSayThatTheFileIsTruncated() throws IOException {
        TestMemory.create(directory).close();
        int[] lengths = {0, 7, SharedLayout.HEADER_LENGTH - 1};
        for (int length : lengths) {
            Files.write(file(), new byte[length]);
            refuses(Reason.TRUNCATED, "truncated: " + length + " bytes, expected " + SharedLayout.HEADER_LENGTH);
        }
        try (SharedMemory dataplane = TestMemory.create(directory)) {
            long total = Files.size(dataplane.path());
            truncate(total - 1);
            refuses(Reason.TRUNCATED, "truncated: " + (total - 1) + " bytes, expected " + total);
            truncate(SharedLayout.HEADER_LENGTH);
            refuses(Reason.TRUNCATED, "expected " + total);
            truncate(total);
        }
    }

    @Test
    void shouldSayThatTheFileIsSomethingElse() throws IOException {
        Files.write(file(), new byte[SharedLayout.HEADER_LENGTH]);
        refuses(Reason.WRONG_MAGIC, "magic is 0x0, not 0x4d48534f45524956");
    }

    @Test
    void shouldNameBothVersions() throws IOException {
        try (SharedMemory dataplane = TestMemory.create(directory)) {
            int other = SharedLayout.LAYOUT_VERSION + 1;
            putInt(SharedLayout.LAYOUT_VERSION_OFFSET, other);
            refuses(
                    Reason.WRONG_VERSION,
                    "found layout version " + other + ", this program speaks " + SharedLayout.LAYOUT_VERSION);
            assertThat(dataplane.isReady()).isTrue();
        }
    }

    @Test
    void shouldSayThatTheHeaderContradictsItself() throws IOException {
        try (SharedMemory dataplane = TestMemory.create(directory)) {
            putInt(SharedLayout.WORKERS_OFFSET, 1);
            refuses(Reason.CORRUPT, "its limits need");
            putInt(SharedLayout.WORKERS_OFFSET, 65);
            refuses(Reason.CORRUPT, "workers=65 is not in 1..64");
            putInt(SharedLayout.WORKERS_OFFSET, 2);
            SharedMemory.map(dataplane.path()).close();
        }
    }

    @Test
    void shouldNeverFailInAnotherWayOnARandomHeader() throws IOException {
        var random = new Random(20261123);
        try (SharedMemory dataplane = TestMemory.create(directory)) {
            assertThat(dataplane.isReady()).isTrue();
            byte[] header = readHeader();
            for (int i = 0; i < 300; i++) {
                byte[] broken = header.clone();
                for (int n = 1 + random.nextInt(4); n > 0; n--) {
                    broken[random.nextInt(SharedLayout.READY_OFFSET + 4)] = (byte) random.nextInt();
                }
                write(broken);
                try (SharedMemory mapped = SharedMemory.map(file())) {
                    assertThat(new SharedLayout(mapped.limits()).totalLength()).isEqualTo(Files.size(file()));
                } catch (SharedMemoryException e) {
                    assertThat(e).hasMessageContaining(file().toString());
                }
            }
            write(header);
        }
    }

    @Test
    void shouldSayThatItCannotCreateTheFile() throws IOException {
        Path notDirectory = Files.write(directory.resolve("file"), new byte[1]);
        assertThatThrownBy(() -> TestMemory.create(notDirectory))
                .isInstanceOf(SharedMemoryException.class)
                .hasMessageContaining("cannot create");
        assertThatThrownBy(() -> SharedMemory.create(new SharedMemoryContext()))
                .hasMessageContaining("path of the shared memory is not set");
    }

    @Test
    void shouldRefuseLimitsOutOfRange() {
        assertThatThrownBy(() -> SharedLimits.of(0)).hasMessage("workers=0 is not in 1..64");
        assertThatThrownBy(() -> SharedLimits.of(1).withMaxRouters(0)).hasMessageContaining("maxRouters=0");
        assertThatThrownBy(() -> SharedLimits.of(1).withMaxInterfaces(2_000_000))
                .hasMessageContaining("maxInterfaces=2000000");
        assertThatThrownBy(() -> SharedLimits.of(1).withRingBytes(200_000))
                .hasMessageContaining("commandRingBytes=200000 is not a power of two");
    }

    @Test
    void shouldShareCountersByTheirSentence() {
        try (SharedMemory dataplane = TestMemory.create(directory);
                SharedMemory control = SharedMemory.map(dataplane.path())) {
            for (SystemCounter each : SystemCounter.values()) {
                AtomicCounter written = dataplane.systemCounters().get(each);
                written.set(written.id() + 100);
            }
            CountersReader reader = control.countersReader();
            for (SystemCounter each : SystemCounter.values()) {
                AtomicCounter read = control.systemCounters().get(each);
                assertThat(read.get()).isEqualTo(read.id() + 100);
                assertThat(reader.getCounterLabel(read.id())).isEqualTo(each.description());
            }
        }
    }

    @Test
    void shouldReadZeroForACounterThatAnOlderDataPlaneDoesNotHave() {
        try (SharedMemory dataplane = TestMemory.create(directory)) {
            int id = SystemCounter.RESYNC_REMOVED.counterId();
            dataplane.countersManager().free(id);
            try (SharedMemory control = SharedMemory.map(dataplane.path())) {
                AtomicCounter missing = control.systemCounters().get(SystemCounter.RESYNC_REMOVED);
                missing.increment();
                assertThat(dataplane.countersReader().getCounterValue(id)).isZero();
            }
        }
    }

    @Test
    void shouldShareDistinctErrors() {
        try (SharedMemory dataplane = TestMemory.create(directory);
                SharedMemory control = SharedMemory.map(dataplane.path())) {
            assertThat(control.readErrors((count, first, last, text) -> {})).isZero();
            for (int i = 0; i < 3; i++) {
                dataplane.errorLog().record(new IllegalStateException("conductor tripped"));
            }
            var seen = new StringBuilder();
            control.readErrors(
                    (count, first, last, text) -> seen.append(count).append(' ').append(text));
            assertThat(seen.toString()).startsWith("3 ").contains("conductor tripped");
        }
    }

    @Test
    void shouldLeaveTheDataPlanesPartsToTheDataPlane() {
        try (SharedMemory dataplane = TestMemory.create(directory);
                SharedMemory control = SharedMemory.map(dataplane.path())) {
            assertThatThrownBy(control::countersManager).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(control::errorLog).hasMessageContaining("only the data plane may do this");
        }
    }

    private Path file() {
        return directory.resolve("dataplane.shm");
    }

    private void refuses(Reason reason, String detail) {
        SharedMemoryException thrown = catchThrowableOfType(
                SharedMemoryException.class, () -> SharedMemory.map(file()).close());
        assertThat(thrown).isNotNull().hasMessageContaining(file().toString()).hasMessageContaining(detail);
        assertThat(thrown.reason()).isEqualTo(reason);
    }

    private void truncate(long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            if (length < channel.size()) {
                channel.truncate(length);
            } else {
                channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
            }
        }
    }

    private void putInt(int offset, int value) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(bytes.putInt(value).flip(), offset);
        }
    }

    private byte[] readHeader() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(SharedLayout.HEADER_LENGTH);
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.READ)) {
            channel.read(bytes, 0);
        }
        return bytes.array();
    }

    private void write(byte[] header) throws IOException {
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(header), 0);
        }
    }
}
