package io.vireo.control.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's native library. The driver unpacks it into a file, which a process that is killed leaves behind: in {@code /tmp},
 * if nobody says otherwise. Here it has a private directory, and is removed as soon as it is loaded, for the process has
 * it mapped then.
 */
final class SqliteLibrary {
    private static final String DIRECTORY_NAME = "native";

    private SqliteLibrary() {}

    /**
     * Loads the library, unless this process has it, and removes what others left that were killed while they did.
     *
     * @param parent where the private directory is made, on a file system that allows executables.
     * @throws StoreException when it cannot be unpacked or loaded.
     */
    static void load(Path parent) {
        Path directory = parent.resolve(DIRECTORY_NAME);
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            System.setProperty("org.sqlite.tmpdir", directory.toString());
            SQLiteJDBCLoader.initialize();
            removeFiles(directory);
        } catch (Exception e) { // the loader declares no other
            throw new StoreException("SQLite's native library cannot be loaded from " + directory + ": " + e, e);
        }
    }

    private static void removeFiles(Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
