package io.vireo.control.model;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What an IP packet carries.
 *
 * @param number 0 to 255, see the IANA registry of protocol numbers.
 */
public record IpProtocol(int number) {
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("icmp", 1),
            Map.entry("igmp", 2),
            Map.entry("tcp", 6),
            Map.entry("udp", 17),
            Map.entry("dccp", 33),
            Map.entry("gre", 47),
            Map.entry("esp", 50),
            Map.entry("ah", 51),
            Map.entry("icmpv6", 58),
            Map.entry("ospf", 89),
            Map.entry("pim", 103),
            Map.entry("vrrp", 112),
            Map.entry("l2tp", 115),
            Map.entry("sctp", 132),
            Map.entry("udplite", 136));
    private static final Map<Integer, String> NAMES =
            NUMBERS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    private static final int MAX_NUMBER = 255;

    public IpProtocol {
        if (number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("'" + number + "' is not a protocol number: 0 to " + MAX_NUMBER);
        }
    }

    /**
     * Parses a name such as {@code udp}, or a number.
     *
     * @throws IllegalArgumentException when {@code text} is neither.
     */
    public static IpProtocol parse(String text) {
        Integer known = NUMBERS.get(text);
        if (known != null) {
            return new IpProtocol(known);
        }
        if (!text.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a protocol such as tcp or udp, nor a number of one");
        }
        return new IpProtocol(Integer.parseInt(text));
    }

    /** Whether its packets have ports that a filter can see. */
    public boolean hasPorts() {
        return switch (toString()) {
            case "tcp", "udp", "dccp", "sctp", "udplite" -> true;
            default -> false;
        };
    }

    /** The name, or the number of a protocol without a name here. */
    @Override
    public String toString() {
        return NAMES.getOrDefault(number, Integer.toString(number));
    }
}
