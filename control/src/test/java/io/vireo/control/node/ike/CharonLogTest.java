package io.vireo.control.node.ike;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What charon's log says of tunnels that have no keys. Its lines are those of 5.9.8. */
class CharonLogTest {
    private final List<String> failures = new ArrayList<>();
    private final CharonLog log =
            new CharonLog((connection, remote, reason) -> failures.add(connection + "|" + remote + "|" + reason));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "09[IKE] <t7|1> received AUTHENTICATION_FAILED notify error; refuses our authentication",
                "09[IKE] <t7|1> tried 1 shared key for 'a' - 'b', but MAC mismatched; another pre-shared key",
                "09[IKE] <t7|1> received NO_PROPOSAL_CHOSEN notify error; none of our proposals",
                "09[IKE] <t7|1> retransmit 1 of request with message ID 0; does not answer",
                "09[CFG] <t7|12> no acceptable proposal found; none of the far end's proposals",
                "09[IKE] <t7|1> received TS_UNACCEPTABLE notify, no CHILD_SA built; TS_UNACCEPTABLE",
                "09[CFG] <t7|1> no issuer certificate found for \"CN=b\"; not of the authority in caFile"
            })
    void shouldSayOfAConnectionWhy(String line, String reason) {
        log.onLine(line);
        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst()).startsWith("t7||").contains(reason);
    }

    @Test
    void shouldKnowOfWhomALineIsThatNamesNoConnection() {
        log.onLine("07[NET] <3> received packet: from 192.0.2.2[500] to 192.0.2.1[500] (264 bytes)");
        log.onLine("08[NET] <4> received packet: from 2001:db8::9[500] to 2001:db8::1[500] (264 bytes)");
        log.onLine("07[IKE] <3> received proposals unacceptable");
        assertThat(failures).containsExactly("|192.0.2.2|none of the far end's proposals is acceptable: algorithms");
    }

    @Test
    void shouldPassOverTheRest() {
        log.onLine("");
        log.onLine("anything at all");
        log.onLine("07[IKE] <t7|1> IKE_SA t7[1] established between 192.0.2.1[a]...192.0.2.2[b]");
        assertThat(failures).isEmpty();
    }
}
