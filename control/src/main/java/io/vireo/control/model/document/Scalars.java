package io.vireo.control.model.document;

import io.vireo.control.model.AdminState;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Limits;
import io.vireo.control.model.MacAddress;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How single values are read. Each throws an IllegalArgumentException that says what is wrong. */
final class Scalars {
    // Names become names of files, namespaces, devices of DPDK and arguments of commands.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

    /** The kernel has directories of these names beside those of interfaces, in /proc/sys/net/ipv4/conf. */
    private static final Set<String> RESERVED_INTERFACE_NAMES = Set.of("all", "default");

    private Scalars() {}

    static String name(final String text) {
        return name(text, Limits.MAX_NAME_LENGTH);
    }

    static String interfaceName(final String text) {
        if (RESERVED_INTERFACE_NAMES.contains(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' means all interfaces to the Linux kernel; choose another");
        }
        return name(text, Limits.MAX_INTERFACE_NAME_LENGTH);
    }

    static MacAddress unicastMac(final String text) {
        final MacAddress mac = MacAddress.parse(text);
        if (!mac.isUnicast()) {
            throw new IllegalArgumentException("'" + text + "' is not the address of a single station");
        }
        return mac;
    }

    static AdminState adminState(final String text) {
        return switch (text) {
            case "up" -> AdminState.UP;
            case "down" -> AdminState.DOWN;
            default -> throw new IllegalArgumentException("'" + text + "' is neither up nor down");
        };
    }

    static boolean truth(final String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    static String apiVersion(final String text) {
        if (!Configuration.API_VERSION.equals(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a version this node understands; it is " + Configuration.API_VERSION);
        }
        return text;
    }

    static Function<String, Integer> integer(final int min, final int max) {
        return text -> (int) number(text, min, max);
    }

    static Function<String, Long> wideInteger(final long min, final long max) {
        return text -> number(text, min, max);
    }

    private static long number(final String text, final long min, final long max) {
        if (!text.matches("-?[0-9]{1,18}")) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number");
        }
        final long value = Long.parseLong(text);
        if (value < min || value > max) {
            throw new IllegalArgumentException("'" + text + "' is not between " + min + " and " + max);
        }
        return value;
    }

    private static String name(final String text, final int maxLength) {
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
