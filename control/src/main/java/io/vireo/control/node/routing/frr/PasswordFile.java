package io.vireo.control.node.routing.frr;

import io.vireo.control.node.secret.SecretFile;
import io.vireo.control.node.secret.SecretFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** A file with a neighbour's password. */
public final class PasswordFile {
    /** {@code TCP_MD5SIG_MAXKEYLEN} of Linux. */
    private static final int MAX_BYTES = 80;

    private PasswordFile() {}

    /**
     * What is in it.
     *
     * @throws IOException when it is not there, or is open to others, or is not one word of printable ASCII, as FRR takes it
     */
    public static String read(Path file) throws IOException {
        byte[] secret;
        try {
            secret = SecretFile.secret("passwordFile", file);
        } catch (SecretFileException e) {
            throw new IOException(e.getMessage(), e);
        }
        try {
            for (byte each : secret) {
                if (each <= ' ' || each >= 0x7f) {
                    throw new IOException("passwordFile " + file + ": has blanks or characters other than ASCII's");
                }
            }
            if (secret.length > MAX_BYTES) {
                throw new IOException("passwordFile " + file + ": is longer than " + MAX_BYTES + " characters");
            }
            return new String(secret, StandardCharsets.US_ASCII);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
