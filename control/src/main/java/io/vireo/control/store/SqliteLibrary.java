package io.vireo.control.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's native library. Left alone, the driver unpacks it at each start, compares what it wrote with what it read, and leaves
 * it in {@code /tmp} when it is killed: a fifth of the processor time that control needed before it answered, and no start
 * at all on a full disk. Here it is unpacked once into a private directory and used again while it is what the driver's
 * jar holds.
 */
final class SqliteLibrary {
    private static final String DIRECTORY_NAME = "native";

    private SqliteLibrary() {}

    /**
     * Loads the library, unless this process has it, and removes what is not it: another version's, or half of one.
     *
     * @param parent where the private directory is made, on a file system that allows executables.
     * @throws StoreException when it cannot be unpacked or loaded.
     */
    static void load(Path parent) {
        Path directory = parent.resolve(DIRECTORY_NAME);
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            System.setProperty(
                    "org.sqlite.tmpdir", directory.toString()); // where the driver unpacks, should it have to
            Path library = unpacked(directory);
            System.setProperty("org.sqlite.lib.path", directory.toString());
            System.setProperty("org.sqlite.lib.name", library.getFileName().toString());
            SQLiteJDBCLoader.initialize();
            removeAllBut(library, directory);
        } catch (Exception e) { // the loader declares no other
            throw new StoreException("SQLite's native library cannot be loaded from " + directory + ": " + e, e);
        }
    }

    /** The library's file, made unless it is there and whole. */
    private static Path unpacked(Path directory) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        Path library = directory.resolve(name);
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        URL packed = SQLiteJDBCLoader.class.getResource(resource);
        if (packed == null || isCurrent(library, packed)) {
            return library; // without one for this machine the driver says so itself
        }
        Path next = directory.resolve(name + ".next");
        try (InputStream in = packed.openStream()) {
            Files.copy(in, next, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(next, library, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return library;
    }

    /** Whether the file is what the jar holds, by length and checksum: the jar's directory knows both. */
    private static boolean isCurrent(Path library, URL packed) throws IOException {
        if (!Files.isRegularFile(library) || !(packed.openConnection() instanceof JarURLConnection jar)) {
            return false;
        }
        ZipEntry entry = jar.getJarEntry();
        if (Files.size(library) != entry.getSize()) {
            return false;
        }
        CRC32 checksum = new CRC32();
        checksum.update(Files.readAllBytes(library));
        return checksum.getValue() == entry.getCrc();
    }

    private static void removeAllBut(Path library, Path directory) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (!file.equals(library)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
