package io.vireo.control.node.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.control.model.IpPrefix;
import org.junit.jupiter.api.Test;

class PrefixSetTest {
    private final PrefixSet set = new PrefixSet();

    @Test
    void shouldKnowPrefixesByAddressLengthAndFamily() {
        for (String text : new String[] {"0.0.0.0/0", "::/0", "10.0.0.0/8", "255.255.255.255/32", "2001:db8::/32"}) {
            assertThat(set.contains(IpPrefix.parse(text))).isFalse();
            set.add(IpPrefix.parse(text));
            set.add(IpPrefix.parse(text));
            assertThat(set.contains(IpPrefix.parse(text))).isTrue();
        }

        assertThat(set.size()).isEqualTo(5);
        assertThat(set.contains(IpPrefix.parse("10.0.0.0/9"))).isFalse();
        assertThat(set.contains(IpPrefix.parse("2001:db8::/33"))).isFalse();
    }
}
