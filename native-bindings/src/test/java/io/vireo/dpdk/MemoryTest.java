package io.vireo.dpdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A ByteBuffer over the same bytes is the oracle. */
class MemoryTest {
    private static final int SIZE_BYTES = 256;

    private final Random random = new Random(7);
    private final MemorySegment segment = Arena.ofAuto().allocate(SIZE_BYTES, 64);
    private final long address = segment.address();
    private final ByteBuffer machineOrder = segment.asByteBuffer().order(ByteOrder.nativeOrder());
    private final ByteBuffer networkOrder = segment.asByteBuffer().order(ByteOrder.BIG_ENDIAN);

    @Test
    void shouldReadWhatAByteBufferReadsAtAnyAlignment() {
        for (int offset = 0; offset < SIZE_BYTES - Long.BYTES; offset++) {
            machineOrder.putLong(offset, random.nextLong());
            long at = address + offset;
            assertThat(Memory.getByte(at)).isEqualTo(machineOrder.get(offset));
            assertThat(Memory.getUnsignedByte(at)).isEqualTo(machineOrder.get(offset) & 0xFF);
            assertThat(Memory.getShort(at)).isEqualTo(machineOrder.getShort(offset));
            assertThat(Memory.getUnsignedShort(at)).isEqualTo(machineOrder.getShort(offset) & 0xFFFF);
            assertThat(Memory.getInt(at)).isEqualTo(machineOrder.getInt(offset));
            assertThat(Memory.getUnsignedInt(at)).isEqualTo(Integer.toUnsignedLong(machineOrder.getInt(offset)));
            assertThat(Memory.getLong(at)).isEqualTo(machineOrder.getLong(offset));
            assertThat(Memory.getUnsignedShortBigEndian(at)).isEqualTo(networkOrder.getShort(offset) & 0xFFFF);
            assertThat(Memory.getIntBigEndian(at)).isEqualTo(networkOrder.getInt(offset));
            assertThat(Memory.getUnsignedIntBigEndian(at))
                    .isEqualTo(Integer.toUnsignedLong(networkOrder.getInt(offset)));
            assertThat(Memory.getLongBigEndian(at)).isEqualTo(networkOrder.getLong(offset));
        }
    }

    @Test
    void shouldWriteWhatAByteBufferReadsAtAnyAlignment() {
        for (int offset = 0; offset < SIZE_BYTES - Long.BYTES; offset++) {
            long value = random.nextLong();
            long at = address + offset;
            Memory.putByte(at, (byte) value);
            assertThat(machineOrder.get(offset)).isEqualTo((byte) value);
            Memory.putShort(at, (short) value);
            assertThat(machineOrder.getShort(offset)).isEqualTo((short) value);
            Memory.putInt(at, (int) value);
            assertThat(machineOrder.getInt(offset)).isEqualTo((int) value);
            Memory.putLong(at, value);
            assertThat(machineOrder.getLong(offset)).isEqualTo(value);
            Memory.putShortBigEndian(at, (int) value);
            assertThat(networkOrder.getShort(offset)).isEqualTo((short) value);
            Memory.putIntBigEndian(at, (int) value);
            assertThat(networkOrder.getInt(offset)).isEqualTo((int) value);
            Memory.putLongBigEndian(at, value);
            assertThat(networkOrder.getLong(offset)).isEqualTo(value);
        }
    }

    @Test
    void shouldCopyBetweenArraysAndAddresses() {
        byte[] source = new byte[64];
        random.nextBytes(source);
        Memory.copy(source, 3, address + 5, 40);
        Memory.copy(address + 5, address + 101, 40);
        byte[] target = new byte[64];
        Memory.copy(address + 101, target, 3, 40);

        assertThat(ByteBuffer.wrap(target, 3, 40)).isEqualTo(ByteBuffer.wrap(source, 3, 40));
        assertThat(target[2]).isZero();
        assertThat(target[43]).isZero();
    }

    @Test
    void shouldFillNoMoreThanItWasAsked() {
        Memory.fill(address + 8, 16, (byte) 0x5A);

        assertThat(Memory.getByte(address + 7)).isZero();
        assertThat(Memory.getLong(address + 8)).isEqualTo(0x5A5A_5A5A_5A5A_5A5AL);
        assertThat(Memory.getLong(address + 16)).isEqualTo(0x5A5A_5A5A_5A5A_5A5AL);
        assertThat(Memory.getByte(address + 24)).isZero();
    }

    @Test
    void shouldRefuseToLeaveAnArray() {
        byte[] array = new byte[8];

        assertThatThrownBy(() -> Memory.copy(array, 1, address, 8)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> Memory.copy(address, array, -1, 8)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
