package io.vireo.control.model.document.yaml;

import io.vireo.control.model.AdminState;
import io.vireo.control.model.Bandwidth;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Limits;
import io.vireo.control.model.MacAddress;
import io.vireo.control.model.TimeSpan;
import io.vireo.dataplane.schedule.policy.PortRange;
import io.vireo.dataplane.schedule.policy.ServiceCurve;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How single values are read. Each throws an IllegalArgumentException that says what is wrong. */
public final class Scalars {
    // Names become names of files, namespaces, devices of DPDK and arguments of commands.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");

    /** The kernel has directories of these names beside those of interfaces, in /proc/sys/net/ipv4/conf. */
    private static final Set<String> RESERVED_INTERFACE_NAMES = Set.of("all", "default");

    private Scalars() {}

    public static String name(String text) {
        return name(text, Limits.MAX_NAME_LENGTH);
    }

    public static String interfaceName(String text) {
        if (RESERVED_INTERFACE_NAMES.contains(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' means all interfaces to the Linux kernel; choose another");
        }
        return name(text, Limits.MAX_INTERFACE_NAME_LENGTH);
    }

    public static MacAddress unicastMac(String text) {
        MacAddress mac = MacAddress.parse(text);
        if (!mac.isUnicast()) {
            throw new IllegalArgumentException("'" + text + "' is not the address of a single station");
        }
        return mac;
    }

    public static AdminState adminState(String text) {
        return switch (text) {
            case "up" -> AdminState.UP;
            case "down" -> AdminState.DOWN;
            default -> throw new IllegalArgumentException("'" + text + "' is neither up nor down");
        };
    }

    /** An absolute path. */
    public static Path file(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("'" + text + "' is not an absolute path of a file");
        }
        return path;
    }

    public static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    public static String apiVersion(String text) {
        if (!Configuration.API_VERSION.equals(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a version this node understands; it is " + Configuration.API_VERSION);
        }
        return text;
    }

    /** A bandwidth that a scheduler can keep to. */
    public static Bandwidth rate(String text) {
        Bandwidth rate = Bandwidth.parse(text);
        if (rate.bitsPerSecond() < ServiceCurve.MIN_RATE || rate.bitsPerSecond() > ServiceCurve.MAX_RATE) {
            throw new IllegalArgumentException("'" + text + "' is not between " + new Bandwidth(ServiceCurve.MIN_RATE)
                    + " and " + new Bandwidth(ServiceCurve.MAX_RATE));
        }
        return rate;
    }

    /** A length of time that is more than nothing and at most the longest piece of a curve. */
    public static TimeSpan delay(String text) {
        TimeSpan span = TimeSpan.parse(text);
        if (span.ns() == 0 || span.ns() > ServiceCurve.MAX_SPAN_NS) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not above 0 and at most " + new TimeSpan(ServiceCurve.MAX_SPAN_NS));
        }
        return span;
    }

    /** {@code N} or {@code N-M}. */
    public static PortRange ports(String text) {
        Matcher matcher = PORTS.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a port such as 443, nor a range such as 5060-5061");
        }
        int first = Integer.parseInt(matcher.group(1));
        return new PortRange(first, matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2)));
    }

    public static Function<String, Integer> integer(int min, int max) {
        return text -> (int) number(text, min, max);
    }

    public static Function<String, Long> wideInteger(long min, long max) {
        return text -> number(text, min, max);
    }

    private static long number(String text, long min, long max) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number");
        }
        long value = Long.parseLong(text);
        if (value < min || value > max) {
            throw new IllegalArgumentException("'" + text + "' is not between " + min + " and " + max);
        }
        return value;
    }

    private static String name(String text, int maxLength) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text
                    + "' is not a name: letters, digits, '_', '.' and '-', beginning with a letter or digit");
        }
        if (text.length() > maxLength) {
            throw new IllegalArgumentException("'" + text + "' is longer than " + maxLength + " characters");
        }
        return text;
    }
}
