package io.vireo.control.node.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * The seed of the hash that shares flows among equal-cost next hops, as long as the operator does not name one: another one on
 * each node, and the same in every life of it, also when its state was lost.
 */
public final class FlowSeed {
    /** machine-id(5), and what distinguishes containers that have none of their own. */
    private static final List<Path> MACHINE = List.of(Path.of("/etc/machine-id"), Path.of("/etc/hostname"));

    private FlowSeed() {}

    /** Of a node of this machine. */
    public static long of(String nodeName) {
        return of(nodeName, MACHINE);
    }

    /** @param machine files that distinguish the machine from others; those that cannot be read do not count */
    static long of(String nodeName, List<Path> machine) {
        StringBuilder identity = new StringBuilder(nodeName);
        for (Path file : machine) {
            identity.append('\n').append(contentOf(file));
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(identity.toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without SHA-256", e);
        }
    }

    private static String contentOf(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
