package io.vireo.control.node.routing.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;

/** As whom daemons run: their sockets are theirs alone, and their group may read what is written for them. */
public record FileOwner(String user, String group) {

    /** Gives a directory to the daemons. */
    void give(Path directory) throws IOException {
        share(directory, "rwx------");
        Files.setOwner(directory, lookup(directory).lookupPrincipalByName(user));
    }

    /** Gives a file, which stays root's, to their group with these permissions. */
    void share(Path file, String permissions) throws IOException {
        Files.getFileAttributeView(file, PosixFileAttributeView.class)
                .setGroup(lookup(file).lookupPrincipalByGroupName(group));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static UserPrincipalLookupService lookup(Path file) {
        return file.getFileSystem().getUserPrincipalLookupService();
    }
}
