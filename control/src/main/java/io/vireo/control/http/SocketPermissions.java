package io.vireo.control.http;

import io.vireo.control.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;

/**
 * Lets the groups of {@link AccessPolicy} reach the control socket, and nobody else. Files have one group, which is the
 * operators'; readers are let in by an access control list (acl(5)), when there is such a group.
 */
final class SocketPermissions {
    private static final System.Logger LOGGER = System.getLogger(SocketPermissions.class.getName());

    private SocketPermissions() {}

    static void restrictDirectory(Path directory) throws IOException {
        restrict(directory, "rwxr-x---", "x");
    }

    static void restrictSocket(Path socket) throws IOException {
        restrict(socket, "rw-rw----", "rw");
    }

    private static void restrict(Path path, String permissions, String readers) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        UserPrincipalLookupService groups = path.getFileSystem().getUserPrincipalLookupService();
        if (hasGroup(groups, AccessPolicy.OPERATOR_GROUP)) {
            Files.getFileAttributeView(path, PosixFileAttributeView.class)
                    .setGroup(groups.lookupPrincipalByGroupName(AccessPolicy.OPERATOR_GROUP));
        }
        if (hasGroup(groups, AccessPolicy.READ_ONLY_GROUP)) {
            allow(path, AccessPolicy.READ_ONLY_GROUP + ":" + readers);
        }
    }

    private static boolean hasGroup(UserPrincipalLookupService groups, String name) throws IOException {
        try {
            return groups.lookupPrincipalByGroupName(name) != null;
        } catch (UserPrincipalNotFoundException e) {
            return false;
        }
    }

    private static void allow(Path path, String groupAndRights) {
        Command.Result result = Command.of("setfacl", "-m", "g:" + groupAndRights, path.toString())
                .run();
        if (!result.succeeded()) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the group {0} cannot reach {1}: setfacl (Debian package acl) failed: {2}",
                    AccessPolicy.READ_ONLY_GROUP,
                    path,
                    result.text());
        }
    }
}
