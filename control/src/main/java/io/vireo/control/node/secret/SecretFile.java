package io.vireo.control.node.secret;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/** Files that a document names, with what must not stand in it. */
public final class SecretFile {
    private static final int MAX_BYTES = 32 * 1024;
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private SecretFile() {}

    /**
     * Reads a secret; the caller wipes it.
     *
     * @param field of the document, which names it, for messages
     * @throws SecretFileException when it is not there, is open to others or empty
     */
    public static byte[] secret(String field, Path file) throws SecretFileException {
        String subject = field + " " + file + ": ";
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw new SecretFileException(
                        subject + "others than its owner may read or write it: chmod 600 " + file);
            }
        } catch (IOException e) {
            throw new SecretFileException(subject + describe(e));
        }
        byte[] all = contents(field, file);
        int bytes = all.length;
        while (bytes > 0 && (all[bytes - 1] == '\n' || all[bytes - 1] == '\r')) {
            bytes--;
        }
        byte[] secret = Arrays.copyOf(all, bytes);
        Arrays.fill(all, (byte) 0);
        if (bytes == 0) {
            throw new SecretFileException(subject + "it is empty");
        }
        return secret;
    }

    /** Reads a file that anybody may read; what is wrong as of {@link #secret}. */
    public static byte[] contents(String field, Path file) throws SecretFileException {
        String subject = field + " " + file + ": ";
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new SecretFileException(subject + "it is not a regular file");
            }
            if (attributes.size() > MAX_BYTES) {
                throw new SecretFileException(subject + "it is longer than " + MAX_BYTES + " bytes");
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new SecretFileException(subject + describe(e));
        }
    }

    private static String describe(IOException e) {
        return switch (e) {
            case NoSuchFileException none -> "there is no such file";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
