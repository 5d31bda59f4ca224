package io.vireo.control.http;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;

/**
 * Reads the peer credentials of a Unix domain socket (SO_PEERCRED, see unix(7)). The kernel reports the
 * primary group only; the others are looked up in {@code /etc/group}.
 */
final class PeerReader {
    private static final int NAME_FIELD = 0;
    private static final int MEMBERS_FIELD = 3;

    private final Path groupFile;

    PeerReader(Path groupFile) {
        this.groupFile = groupFile;
    }

    Peer read(SocketChannel channel) throws IOException {
        UnixDomainPrincipal principal = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
        Set<String> groups = new HashSet<>(groupsOf(principal.user().getName()));
        groups.add(principal.group().getName());
        return new Peer(principal.user().getName(), groups);
    }

    /** Names of the groups that list the user as a member. Read anew each time, so that changes need no restart. */
    Set<String> groupsOf(String user) throws IOException {
        Set<String> groups = new HashSet<>();
        if (Files.exists(groupFile)) {
            for (String line : Files.readAllLines(groupFile)) {
                String[] fields = line.split(":", -1);
                if (fields.length > MEMBERS_FIELD
                        && List.of(fields[MEMBERS_FIELD].split(",", -1)).contains(user)) {
                    groups.add(fields[NAME_FIELD]);
                }
            }
        }
        return groups;
    }
}
