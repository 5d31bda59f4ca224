package io.vireo.control.model.attachment;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.Interface;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.document.ConfigurationReader;
import io.vireo.control.model.document.Refusals;

/** A document with tunnels of router {@code blue/r1} over {@code core/r1}, which has 192.0.2.1 and 2001:db8::1. */
public record TunnelDocument(String text) {
    private static final String BEGINNING = """
        ports: [{name: p1, device: null}]
        vpns:
          - name: core
            id: 1
            routers:
              - name: r1
                interfaces:
                  - {name: wan, port: p1, addresses: [192.0.2.1/24, "2001:db8::1/64"]}
          - name: blue
            id: 2
            routers:
              - name: r1
                interfaces:
        """;

    /** Each line is an interface. */
    public static TunnelDocument of(String tunnels) {
        return new TunnelDocument(BEGINNING + tunnels.indent(10));
    }

    public TunnelDocument replace(String from, String to) {
        assertThat(text).contains(from);
        return new TunnelDocument(text.replace(from, to));
    }

    public Interface tunnel(int index) throws InvalidConfigurationException {
        return ConfigurationReader.read(text)
                .vpns()
                .get(1)
                .routers()
                .getFirst()
                .interfaces()
                .get(index);
    }

    /** That a problem with this path is among those of the document. */
    public void assertRefused(String path, String reason) {
        Refusals.assertRefused(text, path, reason);
    }
}
