package io.vireo.control.node.ike;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.attachment.TunnelDocument;
import io.vireo.control.model.document.ConfigurationReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said where strongSwan is not installed. */
class IkeCheckTest {
    private static final TunnelDocument DOCUMENT = TunnelDocument.of("""
            - {name: e0, encapsulation: {esp: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.2}}}
            - {name: e1, encapsulation: {esp: {underlay: core/r1, local: 192.0.2.1, remote: 198.51.100.3, udp: true,
                ike: {localId: a, remoteId: b, pskFile: /etc/psk}}}}
            """);

    @Test
    void shouldRefuseByNameAndRemedy() throws InvalidConfigurationException {
        Configuration configuration = ConfigurationReader.read(DOCUMENT.text());
        assertThat(new IkeCheck(List.of("strongswan-charon", "strongswan-swanctl")).check(configuration))
                .singleElement()
                .hasToString(
                        "vpns[1].routers[0].interfaces[1].encapsulation.esp.ike: of tunnel "
                                + configuration.vpns().get(1).name()
                                + "/r1/e1 needs strongSwan, of which is missing: apt-get install strongswan-charon strongswan-swanctl");
        assertThat(new IkeCheck(List.of()).check(configuration)).isEmpty();
    }
}
