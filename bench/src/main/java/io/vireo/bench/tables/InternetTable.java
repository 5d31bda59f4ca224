package io.vireo.bench.tables;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A full Internet table: the real one where {@code VIREO_FULL_TABLE} or {@code ../shared/data} has it, else one of the same
 * size made up from a fixed seed. Next hops are always made up.
 *
 * @param origin where it comes from, for the report
 * @param ipv4 in the file's order
 * @param ipv6 in the file's order
 */
public record InternetTable(String origin, Ipv4Routes ipv4, Ipv6Routes ipv6) {
    /** As many next hops as a large router has neighbours. */
    public static final int NEXT_HOPS = 1000;

    public static final long SEED = 20_261_120;

    private static final String FILE = "bgp-full-table.prefixes.txt.gz";
    private static final String MADE_UP = "made up, seed " + SEED;
    private static final int IPV4_ROUTES = 900_000;
    private static final int IPV6_ROUTES = 160_000;

    /** The table of this machine; {@code home} is the checkout. */
    public static InternetTable load(Path home) throws IOException {
        Optional<Path> file = file(home);
        return file.isPresent() ? read(file.get()) : generated();
    }

    /** Where {@link #load} takes it from, in words. */
    public static String origin(Path home) {
        return file(home).map(Path::toString).orElse(MADE_UP);
    }

    private static Optional<Path> file(Path home) {
        String named = System.getenv("VIREO_FULL_TABLE");
        return Stream.of(
                        named == null ? home.resolve(FILE) : Path.of(named),
                        home.resolve("../shared/data").resolve(FILE),
                        home.resolve("../../shared/data").resolve(FILE))
                .filter(Files::isReadable)
                .map(Path::normalize)
                .findFirst();
    }

    /**
     * Reads prefixes, one a line, gzipped.
     *
     * @throws IllegalArgumentException when a line is no prefix
     */
    static InternetTable read(Path file) throws IOException {
        List<Prefix> ipv4 = new ArrayList<>();
        List<Prefix> ipv6 = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Prefix prefix = Prefix.parse(line);
                (prefix.isIpv6() ? ipv6 : ipv4).add(prefix);
            }
        }
        return of(file.toString(), ipv4, ipv6);
    }

    /** A table of the usual size and much the usual lengths. */
    static InternetTable generated() {
        InternetLikePrefixes internet = new InternetLikePrefixes(SEED);
        return of(MADE_UP, distinct(IPV4_ROUTES, internet::nextIpv4), distinct(IPV6_ROUTES, internet::nextIpv6));
    }

    private static List<Prefix> distinct(int count, Supplier<Prefix> source) {
        Set<Prefix> seen = new HashSet<>();
        List<Prefix> prefixes = new ArrayList<>(count);
        while (prefixes.size() < count) {
            Prefix prefix = source.get();
            if (seen.add(prefix)) {
                prefixes.add(prefix);
            }
        }
        return prefixes;
    }

    private static InternetTable of(String origin, List<Prefix> ipv4, List<Prefix> ipv6) {
        return new InternetTable(
                origin,
                new Ipv4Routes(
                        ipv4.stream().mapToInt(prefix -> (int) prefix.lo()).toArray(), lengths(ipv4), nextHops(ipv4)),
                new Ipv6Routes(
                        ipv6.stream().mapToLong(Prefix::hi).toArray(),
                        ipv6.stream().mapToLong(Prefix::lo).toArray(),
                        lengths(ipv6),
                        nextHops(ipv6)));
    }

    private static int[] lengths(List<Prefix> prefixes) {
        return prefixes.stream().mapToInt(Prefix::length).toArray();
    }

    private static int[] nextHops(List<Prefix> prefixes) {
        return new Random(SEED).ints(prefixes.size(), 1, NEXT_HOPS + 1).toArray();
    }

    /** A random order of 0 to count - 1, always the same. */
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
