package io.vireo.control.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "root, root, ADMINISTRATOR",
        "root, users, ADMINISTRATOR",
        "ann, vireo, OPERATOR",
        "ann, users:vireo, OPERATOR",
        "ann, vireo-ro:vireo, OPERATOR",
        "bob, vireo-ro, READ_ONLY",
        "bob, users:vireo-ro, READ_ONLY",
        "eve, users, ",
        "eve, root, ",
        "eve, vireos, ",
        "vireo, users, ",
    })
    void shouldDecideByUserAndGroups(String user, String groups, Role expected) {
        assertThat(AccessPolicy.roleOf(new Peer(user, Set.of(groups.split(":")))))
                .isEqualTo(java.util.Optional.ofNullable(expected));
    }

    @Test
    void shouldLetOperatorsLookAndNotTheOtherWayRound() {
        assertThat(Role.OPERATOR.covers(Role.READ_ONLY)).isTrue();
        assertThat(Role.OPERATOR.covers(Role.OPERATOR)).isTrue();
        assertThat(Role.READ_ONLY.covers(Role.READ_ONLY)).isTrue();
        assertThat(Role.READ_ONLY.covers(Role.OPERATOR)).isFalse();
        assertThat(Role.OPERATOR.covers(Role.ADMINISTRATOR)).isFalse();
    }

    @Test
    void shouldFindTheGroupsThatListAUser(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("group"),
                "root:x:0:\nvireo:x:900:ann,bob\nvireo-ro:x:901:bobby,carl\n# comment\nbroken\nstaff:x:50:bob\n");
        PeerReader reader = new PeerReader(file);
        assertThat(reader.groupsOf("bob")).containsExactlyInAnyOrder("vireo", "staff");
        assertThat(reader.groupsOf("carl")).containsExactly("vireo-ro");
        assertThat(new PeerReader(directory.resolve("missing")).groupsOf("bob")).isEmpty();
    }
}
