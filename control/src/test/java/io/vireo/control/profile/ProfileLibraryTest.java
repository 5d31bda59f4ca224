package io.vireo.control.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileLibraryTest {
    private final ProfileLibrary library = new ProfileLibrary();

    static List<String> names() {
        return new ProfileLibrary().names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldLoadEachProfileThatComesWithVireo(String name) {
        assertThat(library.load(name).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldStateTheLineRateThatTheFrameFormatAllows(String name) {
        Profile profile = library.load(name);
        if (profile.lineRate() != null) {
            profile.lineRate()
                    .framesPerSecond()
                    .forEach((bytes, frames) -> assertThat(frames)
                            .as("%d bytes", bytes)
                            .isEqualTo(profile.lineRate().framesPerSecond(bytes)));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void shouldHaveAQueueForEachWorkerAndBuffersForEachDescriptor(String name) {
        Profile profile = library.load(name);
        var port = profile.port();
        assertThat(port.rxQueues())
                .isEqualTo(Math.max(1, profile.cpus().workers().size()));
        int held = port.rxQueues() * port.rxDescriptors() + port.txQueues() * port.txDescriptors();
        assertThat(profile.memory().mbufs()).as("two ports").isGreaterThanOrEqualTo(2 * held);
    }

    @Test
    void shouldKnowThe64ByteRateOf10GigabitEthernet() {
        // RFC 2544, appendix B, "Ethernet": 14,880 frames/s at 10 Mbit/s.
        assertThat(new Profile.LineRate(10_000_000_000L, java.util.Map.of()).framesPerSecond(64))
                .isEqualTo(14_880_952L);
    }

    @Test
    void shouldListEveryFileOfTheModule() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../hw-profiles/profiles"))) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".yaml"))
                            .map(file -> file.replace(".yaml", "")))
                    .containsExactlyInAnyOrderElementsOf(names());
        }
    }

    @Test
    void shouldNameAnUnknownField() {
        String text = library.text("virtio").replace("atLeast:", "atMost:");
        assertThatThrownBy(() -> library.parse("mine.yaml", text))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("mine.yaml")
                .hasMessageContaining("/cpus")
                .hasMessageContaining("atMost");
    }

    @Test
    void shouldNameAValueOutOfItsRange() {
        String text = library.text("virtio").replace("rxDescriptors: 256", "rxDescriptors: 1");
        assertThatThrownBy(() -> library.parse("mine.yaml", text))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("/port/rxDescriptors")
                .hasMessageContaining("64");
    }

    @Test
    void shouldRefuseWhatIsNotYaml() {
        assertThatThrownBy(() -> library.parse("mine.yaml", "a: [1"))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("mine.yaml is not YAML");
    }

    @Test
    void shouldSayWhichProfilesThereAre() {
        assertThatThrownBy(() -> library.load("token-ring"))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("token-ring")
                .hasMessageContaining("af_packet-veth");
    }

    @Test
    void shouldNameAFileThatIsMissing() {
        assertThatThrownBy(() -> library.load("/nonexistent/x.yaml"))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("/nonexistent/x.yaml");
    }

    @Test
    void shouldTurnTheDefaultIntoSettingsWithoutPinningOrHugepages() {
        assertThat(library.load(ProfileLibrary.DEFAULT_PROFILE).dataPlaneSettings())
                .containsEntry("vireo.workers", "1")
                .containsEntry("vireo.hugepages", "false")
                .containsEntry("vireo.pci", "false")
                .doesNotContainKeys("vireo.worker.cores", "vireo.conductor.core", "vireo.transparent.hugepages");
    }

    @Test
    void shouldDoWithoutTransparentHugepagesWhenAProfileSaysSo() {
        String text = library.text(ProfileLibrary.DEFAULT_PROFILE)
                .replace("\nmemory:\n", "\nmemory:\n  transparentHugepages: false\n");
        assertThat(library.parse("mine.yaml", text).dataPlaneSettings())
                .containsEntry("vireo.transparent.hugepages", "false");
    }

    @Test
    void shouldPinTheWorkersOfANicProfile() {
        assertThat(library.load("intel-25g-e810").dataPlaneSettings())
                .containsEntry("vireo.workers", "2")
                .containsEntry("vireo.worker.cores", "2,3")
                .containsEntry("vireo.conductor.core", "1")
                .containsEntry("vireo.hugepages", "true")
                .containsEntry("vireo.pci", "true");
    }
}
