package io.vireo.control.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChunkedInputTest {
    @Test
    void shouldReadAcrossChunksByteByByte() throws IOException {
        ChunkedInput in = input("2\r\nab\r\n1;name=value\r\nc\r\n0\r\n\r\n");
        assertThat(in.read()).isEqualTo('a');
        assertThat(in.read()).isEqualTo('b');
        assertThat(in.read()).isEqualTo('c');
        assertThat(in.read()).isEqualTo(-1);
        assertThat(in.read()).isEqualTo(-1);
    }

    /** What has arrived is handed on, so that events and frames are not held back until a buffer is full. */
    @Test
    void shouldReturnAChunkWithoutWaitingForTheNext() throws IOException {
        byte[] buffer = new byte[100];
        ChunkedInput in = input("A\r\n0123456789\r\n3\r\nabc\r\n0\r\n\r\n");
        assertThat(in.read(buffer, 0, buffer.length)).isEqualTo(10);
        assertThat(in.read(buffer, 0, 2)).isEqualTo(2);
        assertThat(in.read(buffer, 0, buffer.length)).isEqualTo(1);
        assertThat(in.read(buffer, 0, buffer.length)).isEqualTo(-1);
    }

    @Test
    void shouldFailWhenTheConnectionEndsBeforeTheLastChunk() {
        assertThatThrownBy(() -> input("5\r\nab").readAllBytes()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> input("2\r\nab\r\n").readAllBytes()).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> input("-1\r\n").readAllBytes()).hasMessage("'-1' is not a length");
        assertThatThrownBy(() -> input("+1\r\na\r\n0\r\n\r\n").readAllBytes()).hasMessage("'+1' is not a length");
    }

    private static ChunkedInput input(String text) {
        return new ChunkedInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
