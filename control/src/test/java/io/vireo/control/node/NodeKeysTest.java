package io.vireo.control.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vireo.control.view.EspStatus;
import io.vireo.control.view.EspTunnel;
import io.vireo.control.view.InterfacePath;
import io.vireo.control.view.KeyOffer;
import io.vireo.control.view.KeyRefusedException;
import io.vireo.control.view.Keys;
import io.vireo.control.view.NotFoundException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys reach the data plane, and which are refused before. */
class NodeKeysTest {
    private static final InterfacePath TUNNEL = new InterfacePath("blue", "r1", "e1");
    private static final String DOCUMENT = """
        ports: [{name: p1, device: null}]
        vpns:
          - name: core
            id: 1
            routers: [{name: r1, interfaces: [{name: wan, port: p1, addresses: [192.0.2.1/24]}]}]
          - name: blue
            id: 101
            routers:
              - name: r1
                interfaces:
                  - {name: e3, encapsulation: {esp: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.3}}}
                  - {name: e1, encapsulation: {esp: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.1}}}
                  - {name: i1, encapsulation: {ipip: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.1}}}
                  - {name: e2, encapsulation: {esp: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}}
        """;

    @TempDir
    private Path directory;

    private FakeNode node;
    private Keys keys;

    @BeforeEach
    void start() throws Exception {
        node = new FakeNode(directory, "nk");
        node.apply(DOCUMENT);
        keys = node.service.keys();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void shouldReceiveByWhatItOffersAndSendByWhatItAccepts() {
        KeyOffer offer = keys.offer(TUNNEL);
        EspStatus status = keys.status();
        KeyOffer fromFarEnd = new KeyOffer(0xffff_fff0L, offer.salt(), offer.key());
        keys.accept(TUNNEL, status.incarnation(), status.ticket(), fromFarEnd);

        int tunnel = node.interfaceId("blue/r1/e1");
        assertThat(node.dataplane.associations)
                .containsEntry("in " + tunnel, (int) offer.spi())
                .containsEntry("out " + tunnel, 0xffff_fff0)
                .hasSize(2);

        keys.retire(TUNNEL, offer.spi());
        assertThat(node.dataplane.associations).containsOnlyKeys("out " + tunnel);
    }

    @Test
    void shouldListTheTunnelsInTheOrderOfTheirPaths() {
        assertThat(keys.status().tunnels())
                .extracting(EspTunnel::path)
                .containsExactly("blue/r1/e1", "blue/r1/e2", "blue/r1/e3");
    }

    /** The last one's lower half would be a key's. */
    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 255, 1L << 32, (1L << 32) + 4711})
    void shouldKnowNoSpiThatIsNone(long spi) {
        assertThatThrownBy(() -> keys.retire(TUNNEL, spi))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessage("blue/r1/e1: spi: must be 256 to 4294967295");
        assertThatThrownBy(() -> new KeyOffer(spi, "01020304", "00"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spi: must be 256 to 4294967295");
    }

    @Test
    void shouldRefuseAKeyThatIsNoneOrThatNobodyAskedFor() {
        EspStatus status = keys.status();
        KeyOffer offer = new KeyOffer(4711, "01020304", "00".repeat(15));
        assertThatThrownBy(() -> keys.accept(TUNNEL, status.incarnation(), status.ticket(), offer))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessage("key: must have 16 bytes, and its salt 4");
        assertThatThrownBy(() -> keys.accept(TUNNEL, status.incarnation(), 0, offer))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessageStartingWith("ticket: ");
        assertThatThrownBy(() -> keys.offer(new InterfacePath("blue", "r1", "i1")))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("there is no ESP tunnel blue/r1/i1");
        assertThat(node.dataplane.associations).isEmpty();
    }
}
