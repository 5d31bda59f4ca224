package io.vireo.dataplane.tables;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A full Internet table: 901,899 IPv4 and 160,147 IPv6 prefixes. The real one where {@code VIREO_FULL_TABLE} or
 * {@code ../shared/data} has it; else one of the same size and the same distribution of lengths, from a fixed seed.
 * Next hops are made up from the same seed.
 */
final class FullTable {
    static final long SEED = 20_261_120;

    private static final String FILE = "bgp-full-table.prefixes.txt.gz";

    /** How many prefixes of each length, from /8 and from /16 on, the real table has; 83 longer than /64 stand at /64. */
    private static final int[] IPV4_LENGTHS = {
        16, 13, 38, 103, 299, 581, 1203, 2100, 13490, 8235, 13798, 24870, 42611, 50750, 108623, 96510, 537698, 20, 3,
        11, 18, 17, 3, 3, 886
    };

    private static final int[] IPV6_LENGTHS = {
        1, 0, 0, 1, 16, 3, 7, 8, 30, 8, 15, 20, 193, 4371, 650, 284, 22548, 2926, 2603, 1043, 5996, 880, 1617, 1377,
        13418, 903, 2301, 1001, 14365, 1553, 3039, 3153, 75488, 11, 3, 0, 1, 0, 0, 1, 24, 0, 20, 0, 2, 0, 0, 0, 267
    };

    /** The real table's most frequent first groups. */
    private static final int[] IPV6_GROUPS = {
        0x2001, 0x2804, 0x2409, 0x2a02, 0x2402, 0x2408, 0x2600, 0x2401, 0x240a, 0x2400, 0x2806, 0x2a00, 0x2800, 0x2604,
        0x240e
    };

    /** Prefixes of a length come in rows in the real table, so many at a time in the middle. */
    private static final int ROW = 8;

    final String origin;
    final int[] v4Prefixes;
    final int[] v4Lengths;
    final long[] v6His;
    final long[] v6Los;
    final int[] v6Lengths;

    private FullTable(String origin, List<String> v4, List<String> v6) {
        this.origin = origin;
        v4Prefixes = new int[v4.size()];
        v4Lengths = lengths(v4);
        v6His = new long[v6.size()];
        v6Los = new long[v6.size()];
        v6Lengths = lengths(v6);
        for (int i = 0; i < v4Prefixes.length; i++) {
            v4Prefixes[i] = ByteBuffer.wrap(address(v4.get(i))).getInt();
        }
        for (int i = 0; i < v6His.length; i++) {
            ByteBuffer bytes = ByteBuffer.wrap(address(v6.get(i)));
            v6His[i] = bytes.getLong();
            v6Los[i] = bytes.getLong();
        }
    }

    private FullTable(Random random) {
        origin = "generated, seed " + SEED;
        v4Lengths = repeated(IPV4_LENGTHS, 8);
        v6Lengths = repeated(IPV6_LENGTHS, 16);
        v4Prefixes = new int[v4Lengths.length];
        v6His = new long[v6Lengths.length];
        v6Los = new long[v6Lengths.length];
        Set<Taken> taken = new HashSet<>();
        int prefix = 0;
        for (int i = 0; i < v4Prefixes.length; i++) {
            int step = 1 << (32 - v4Lengths[i]);
            do {
                prefix = (random.nextInt(ROW) == 0 ? random.nextInt() : prefix + step) & -step;
            } while (!isUnicast(prefix >>> 24) || !taken.add(new Taken((long) prefix << 32, v4Lengths[i])));
            v4Prefixes[i] = prefix;
        }
        long hi = 0;
        for (int i = 0; i < v6His.length; i++) {
            long step = 1L << (64 - v6Lengths[i]);
            do {
                hi = (random.nextInt(ROW) == 0 ? randomGlobal(random) : hi + step) & -step;
            } while (hi >>> 61 != 1 || !taken.add(new Taken(hi, v6Lengths[i])));
            v6His[i] = hi;
        }
    }

    private static long randomGlobal(Random random) {
        return ((long) IPV6_GROUPS[random.nextInt(IPV6_GROUPS.length)] << 48) | (random.nextLong() >>> 16);
    }

    private record Taken(long hi, int length) {}

    private static boolean isUnicast(int firstOctet) {
        return firstOctet >= 1 && firstOctet < 224;
    }

    static FullTable load() {
        String named = System.getenv("VIREO_FULL_TABLE");
        return Stream.of(named == null ? FILE : named, "../shared/data/" + FILE, "../../shared/data/" + FILE)
                .map(Path::of)
                .filter(Files::isReadable)
                .findFirst()
                .map(FullTable::read)
                .orElseGet(() -> new FullTable(new Random(SEED)));
    }

    private static FullTable read(Path path) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.US_ASCII))) {
            List<String> lines = reader.lines().toList();
            return new FullTable(
                    path.toString(),
                    lines.stream().filter(line -> line.indexOf(':') < 0).toList(),
                    lines.stream().filter(line -> line.indexOf(':') >= 0).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    private static int[] lengths(List<String> prefixes) {
        int[] lengths = new int[prefixes.size()];
        for (int i = 0; i < lengths.length; i++) {
            String prefix = prefixes.get(i);
            lengths[i] = Integer.parseInt(prefix.substring(prefix.indexOf('/') + 1));
        }
        return lengths;
    }

    private static byte[] address(String prefix) {
        InetAddress address = InetAddress.ofLiteral(prefix.substring(0, prefix.indexOf('/')));
        // An IPv4-mapped prefix comes back as IPv4; there is none in a routing table.
        return prefix.indexOf(':') >= 0 ? ((Inet6Address) address).getAddress() : address.getAddress();
    }

    private static int[] repeated(int[] counts, int firstLength) {
        int[] lengths = new int[Arrays.stream(counts).sum()];
        int next = 0;
        for (int i = 0; i < counts.length; i++) {
            Arrays.fill(lengths, next, next + counts[i], firstLength + i);
            next += counts[i];
        }
        return lengths;
    }

    /** Next hops 1 to {@code count}, one for each of so many prefixes. */
    static int[] nextHops(int prefixes, int count) {
        return new Random(SEED).ints(prefixes, 1, count + 1).toArray();
    }

    /** A random order of 0 to count - 1. */
    static int[] shuffled(int count) {
        Random random = new Random(SEED);
        int[] order = new int[count];
        for (int i = 1; i < count; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }
}
