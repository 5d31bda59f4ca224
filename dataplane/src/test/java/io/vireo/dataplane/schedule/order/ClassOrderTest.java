package io.vireo.dataplane.schedule.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.wire.value.ClassSpec;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ClassOrderTest {
    @Test
    void shouldReadWhatWasWritten() {
        ClassSpec spec = new ClassSpec()
                .realTime(1_000_001, 2, 1_000_003)
                .linkShare(1_000_004, 5, 1_000_006)
                .upperLimit(1_000_007, 8, 1_000_009)
                .queue(10, 11)
                .quota(12)
                .codel(13, 14);
        ClassOrder written = new ClassOrder().begin(ClassOrder.ADD, 15, 16);
        written.spec.copyFrom(spec);
        written.classId = 17;
        written.parentClassId = 18;
        written.interfaceId = 19;
        written.filterAt = 20;
        written.defaultClassId = 21;
        written.amount = 22;
        written.oldParentClassId = 23;
        written.overheadBytes = 24;
        UnsafeBuffer buffer = new UnsafeBuffer(new byte[8 + ClassOrder.BYTES]);
        written.write(buffer, 8);
        ClassOrder read = new ClassOrder();
        read.spec.realTime(9, 9, 9);
        read.read(buffer, 8);
        assertThat(read.spec).isEqualTo(spec);
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }
}
