package io.vireo.control.model;

import java.util.ArrayList;
import java.util.List;

/** The textual form of IPv6 addresses: read as RFC 4291 §2.2 allows, written as RFC 5952 demands. */
final class Ipv6Text {
    private static final int GROUPS = 8;

    private Ipv6Text() {}

    static IpAddress parse(String text) {
        // Only the last 32 bits may be written as IPv4 (RFC 4291 §2.2, 3).
        if (text.indexOf('.') >= 0 && text.indexOf('.') < text.lastIndexOf(':')) {
            throw notAnAddress(text);
        }
        int gap = text.indexOf("::");
        List<Integer> groups = new ArrayList<>(GROUPS);
        if (gap < 0) {
            addGroups(groups, text, text);
        } else {
            addGroups(groups, text.substring(0, gap), text);
            List<Integer> tail = new ArrayList<>(GROUPS);
            addGroups(tail, text.substring(gap + 2), text);
            // "::" stands for at least one group of zeros.
            if (groups.size() + tail.size() >= GROUPS) {
                throw notAnAddress(text);
            }
            while (groups.size() + tail.size() < GROUPS) {
                groups.add(0);
            }
            groups.addAll(tail);
        }
        if (groups.size() != GROUPS) {
            throw notAnAddress(text);
        }
        return IpAddress.ofIpv6(half(groups, 0), half(groups, GROUPS / 2));
    }

    static String format(long high, long low) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i & 3))) & 0xFFFF;
        }
        int zerosStart = longestZeros(groups);
        int zerosEnd = zerosStart + zerosLength(groups, zerosStart);
        StringBuilder out = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == zerosStart) {
                out.append("::");
                i = zerosEnd - 1;
            } else {
                if (i > 0 && i != zerosEnd) {
                    out.append(':');
                }
                out.append(Integer.toHexString(groups[i]));
            }
        }
        return out.toString();
    }

    private static void addGroups(List<Integer> groups, String part, String text) {
        if (part.isEmpty()) {
            return;
        }
        String[] words = part.split(":", -1);
        for (String word : words) {
            if (word.indexOf('.') >= 0) {
                int bits = Ipv4Text.parseBits(word);
                groups.add(bits >>> 16);
                groups.add(bits & 0xFFFF);
            } else if (word.matches("[0-9a-fA-F]{1,4}")) {
                groups.add(Integer.parseInt(word, 16));
            } else {
                throw notAnAddress(text);
            }
        }
    }

    private static long half(List<Integer> groups, int from) {
        long bits = 0;
        for (int i = from; i < from + GROUPS / 2; i++) {
            bits = bits << 16 | groups.get(i);
        }
        return bits;
    }

    /** Where the first of the longest runs of two or more zero groups begins (RFC 5952 §4.2), or {@link #GROUPS}. */
    private static int longestZeros(int[] groups) {
        int best = GROUPS;
        int bestLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int length = zerosLength(groups, i);
            if (length > bestLength) {
                best = i;
                bestLength = length;
            }
        }
        return best;
    }

    private static int zerosLength(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - start;
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("'" + text + "' is not an IP address");
    }
}
