package io.vireo.dataplane.encapsulation;

import static io.vireo.dataplane.wire.code.DropReason.CONGESTION_MARKED;
import static io.vireo.dataplane.wire.code.DropReason.DOUBLE_TAGGED;
import static io.vireo.dataplane.wire.code.DropReason.ESP_AUTHENTICATION;
import static io.vireo.dataplane.wire.code.DropReason.ESP_NO_ASSOCIATION;
import static io.vireo.dataplane.wire.code.DropReason.ESP_REPLAY;
import static io.vireo.dataplane.wire.code.DropReason.FRAGMENT_INCOMPLETE;
import static io.vireo.dataplane.wire.code.DropReason.FRAGMENT_INVALID;
import static io.vireo.dataplane.wire.code.DropReason.IPV4_BAD_CHECKSUM;
import static io.vireo.dataplane.wire.code.DropReason.IPV4_BAD_TOTAL_LENGTH;
import static io.vireo.dataplane.wire.code.DropReason.IPV4_BAD_VERSION;
import static io.vireo.dataplane.wire.code.DropReason.IPV4_TRUNCATED;
import static io.vireo.dataplane.wire.code.DropReason.IPV6_BAD_VERSION;
import static io.vireo.dataplane.wire.code.DropReason.IPV6_TRUNCATED;
import static io.vireo.dataplane.wire.code.DropReason.LABEL_STACK;
import static io.vireo.dataplane.wire.code.DropReason.LABEL_UNKNOWN;
import static io.vireo.dataplane.wire.code.DropReason.MARTIAN_SOURCE;
import static io.vireo.dataplane.wire.code.DropReason.NO_INTERFACE;
import static io.vireo.dataplane.wire.code.DropReason.SERVICE_TAGGED;
import static io.vireo.dataplane.wire.code.DropReason.SUBSTRATE_SENDER;
import static io.vireo.dataplane.wire.code.DropReason.TTL_EXPIRED;
import static io.vireo.dataplane.wire.code.DropReason.TUNNEL_CHECKSUM;
import static io.vireo.dataplane.wire.code.DropReason.TUNNEL_INTERFACE;
import static io.vireo.dataplane.wire.code.DropReason.TUNNEL_KEY;
import static io.vireo.dataplane.wire.code.DropReason.TUNNEL_MALFORMED;
import static io.vireo.dataplane.wire.code.DropReason.TUNNEL_PAYLOAD;
import static io.vireo.dataplane.wire.code.DropReason.VPN_ID_UNKNOWN;
import static io.vireo.dataplane.wire.code.DropReason.WRONG_MAC;
import static org.assertj.core.api.Assertions.assertThat;

import io.vireo.dataplane.RingWire;
import io.vireo.dataplane.wire.code.DropReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A million hostile packets of each kind of decapsulation: none crashes it, none is lost, none comes out in another VPN, and what is sound
 * gets through. {@code -Dvireo.hostile=N} takes N times as many, {@code -Dvireo.hostile.first=SEED} others. What a slow reading says of
 * every single one is for the tests beside, of fewer packets: {@link GreHostileTest} and its like.
 */
class HostileStreamTest {
    private static final long PACKETS = 1_000_000;
    private static final List<DropReason> ETHERNET = List.of(NO_INTERFACE, WRONG_MAC, SERVICE_TAGGED, DOUBLE_TAGGED);
    private static final List<DropReason> IP =
            List.of(IPV4_TRUNCATED, IPV4_BAD_VERSION, IPV4_BAD_TOTAL_LENGTH, IPV4_BAD_CHECKSUM, MARTIAN_SOURCE);

    private static List<DropReason> all(HostileKind kind) {
        List<DropReason> all = new ArrayList<>(own(kind));
        all.addAll(kind == HostileKind.FRAGMENTS ? List.of() : ETHERNET);
        all.addAll(kind == HostileKind.FRAGMENTS || kind == HostileKind.VPN_ID ? List.of() : IP);
        return all;
    }

    /** What refuses must have been tried, or the packets are not hostile enough. */
    private static List<DropReason> own(HostileKind kind) {
        return switch (kind) {
            case IPIP -> List.of(CONGESTION_MARKED, FRAGMENT_INVALID, FRAGMENT_INCOMPLETE, IPV6_BAD_VERSION);
            case FRAGMENTS -> List.of(FRAGMENT_INVALID, FRAGMENT_INCOMPLETE);
            case STRONG_END_SYSTEM -> List.of(TUNNEL_INTERFACE);
            case GRE, GRE_ETHERNET -> List.of(TUNNEL_MALFORMED, TUNNEL_KEY, TUNNEL_CHECKSUM, TUNNEL_PAYLOAD);
            case VNS -> List.of(TUNNEL_MALFORMED, TUNNEL_KEY, CONGESTION_MARKED);
            case ESP, ESP_IN_UDP -> List.of(TUNNEL_MALFORMED, ESP_NO_ASSOCIATION, ESP_AUTHENTICATION, ESP_REPLAY);
            case VXLAN -> List.of(TUNNEL_MALFORMED, TUNNEL_KEY, TUNNEL_CHECKSUM, TUNNEL_PAYLOAD, CONGESTION_MARKED);
            case MPLS_IN_GRE -> List.of(TUNNEL_MALFORMED, TUNNEL_KEY, TUNNEL_PAYLOAD, TTL_EXPIRED);
            case MPLS_IN_UDP -> List.of(TUNNEL_MALFORMED, TUNNEL_KEY, TUNNEL_PAYLOAD, TUNNEL_CHECKSUM, TTL_EXPIRED);
            case MPLS_ON_LINK, LABEL_TABLE ->
                List.of(LABEL_UNKNOWN, LABEL_STACK, TUNNEL_PAYLOAD, TTL_EXPIRED, IPV6_TRUNCATED);
            case SUBSTRATE -> List.of(TUNNEL_MALFORMED, TUNNEL_KEY, TUNNEL_PAYLOAD, SUBSTRATE_SENDER, IPV6_TRUNCATED);
            case VPN_ID -> List.of(VPN_ID_UNKNOWN);
        };
    }

    @ParameterizedTest
    @EnumSource
    void shouldStandAMillion(HostileKind kind, TestReporter reporter) {
        long packets = PACKETS * Long.getLong("vireo.hostile", 1);
        try (HostileStream stream = new HostileStream(kind, Long.getLong("vireo.hostile.first", 1))) {
            stream.run(packets / RingWire.BURST);
            reporter.publishEntry(stream.toString());
            assertThat(stream.drops().keySet()).containsAll(all(kind));
            assertThat(stream.toHosts()).isGreaterThan(packets / 50);
            assertThat(kind != HostileKind.FRAGMENTS || stream.merged() > packets / 50)
                    .isTrue();
        }
    }
}
