package io.vireo.control.supervisor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.dataplane.SharedMemoryNeed;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedMemoryRoomTest {
    private static final long NEEDED = SharedMemoryNeed.bytes(Map.of());
    private static final Path DIRECTORY = Path.of("/dev/shm/vireo/not-there-yet");

    private static SharedMemoryRoom withFree(long bytes) {
        return new SharedMemoryRoom(bytes, NEEDED);
    }

    @Test
    void shouldNameRoomNeedAndRemedy() {
        SharedMemoryRoom room = withFree(64 << 20);
        assertThat(room.isEnough()).isFalse();
        assertThat(room.found()).isEqualTo("64 MiB free, " + ((NEEDED + (1 << 20) - 1) >> 20) + " MiB needed");
        assertThat(room.remedy()).contains("--shm-size").contains("size=").contains("vireo.max.classes");
    }

    @Test
    void shouldChangeExactlyAtTheNeedAndTwiceTheNeed() {
        assertThat(withFree(NEEDED - 1).isEnough()).isFalse();
        assertThat(withFree(NEEDED).isEnough()).isTrue();
        assertThat(withFree(2 * NEEDED - 1).isEnoughTwice()).isFalse();
        assertThat(withFree(2 * NEEDED).isEnoughTwice()).isTrue();
    }

    /** The remedy that is named must be one. */
    @Test
    void shouldNeedLessWithFewerClasses() {
        SharedMemoryRoom room = SharedMemoryRoom.of(DIRECTORY, Map.of("vireo.max.classes", "4096"));
        assertThat(room.neededBytes()).isLessThan(NEEDED);
        assertThat(room.freeBytes()).isPositive();
    }

    @Test
    void shouldNameAWrongSetting() {
        assertThatThrownBy(() -> SharedMemoryRoom.of(DIRECTORY, Map.of("vireo.max.clases", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vireo.max.clases");
        assertThatThrownBy(() -> SharedMemoryRoom.of(DIRECTORY, Map.of("vireo.max.classes", "0")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vireo.max.classes");
    }
}
