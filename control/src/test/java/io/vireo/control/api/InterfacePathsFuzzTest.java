package io.vireo.control.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vireo.control.http.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Names of interfaces as clients send them. */
class InterfacePathsFuzzTest {

    static Stream<byte[]> names() {
        return Stream.of("blue/r1/h1", "//", "a/b", "a/b/c/d", "").map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /** A name is read as it is written, or the request is a bad one. */
    @MethodSource("names")
    @FuzzTest
    void shouldReadNamesOrAnswerWithAProblem(byte[] bytes) {
        String name = new String(bytes, StandardCharsets.UTF_8);
        try {
            assertThat(InterfacePaths.parse("interface", name)).hasToString(name);
        } catch (ApiException e) {
            assertThat(e.document().status()).isEqualTo(400);
            assertThat(e.document().detail()).isNotBlank();
        }
    }
}
