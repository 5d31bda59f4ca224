package io.vireo.dataplane.architecture;

import io.vireo.dataplane.architecture.Violation.Clause;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What code that runs after start may call outside of this project, and by which clause the rest is refused. A list of
 * what is allowed, not of what
 * is forbidden: a library's method whose class nobody has read is refused. The interfaces of {@code java.util.function} are not on it, so a
 * lambda that is made at start for one of them cannot run later.
 */
final class ForeignCalls {
    /** Owners that allocate nothing in any method but {@code toString}; a name that ends in a slash is a package. */
    private static final List<String> OWNERS = List.of(
            "java/lang/Math",
            "java/lang/invoke/VarHandle",
            "java/lang/invoke/MethodHandle",
            "java/util/concurrent/atomic/",
            "org/agrona/UnsafeApi",
            "org/agrona/concurrent/status/AtomicCounter",
            "io/vireo/dpdk/ffi/"); // jextract's calls: they make an array only when jextract's own trace is on

    private static final String NUMBERS =
            "bitCount|compare|compareUnsigned|divideUnsigned|remainderUnsigned|highestOneBit"
                    + "|lowestOneBit|numberOfLeadingZeros|numberOfTrailingZeros|reverse|reverseBytes|rotateLeft|rotateRight"
                    + "|toUnsignedInt|toUnsignedLong|min|max|sum|signum|(byte|short|int|long|double|boolean)Value";
    private static final String BUFFERS =
            "(get|put)(Byte|Bytes|Short|Int|Long)(Opaque|Acquire|Release|Volatile)?|addressOffset|capacity|wrap"
                    + "|putStringWithoutLengthAscii|setMemory|boundsCheck";
    private static final String RINGS =
            "buffer|capacity|commit|abort|consumerPosition|producerPosition|read|size|tryClaim|unblock|write";

    /** Methods of other owners. */
    private static final Map<String, Pattern> METHODS = Map.ofEntries(
            allow("java/lang/Integer", NUMBERS),
            allow("java/lang/Long", NUMBERS),
            allow("java/lang/Short", NUMBERS),
            allow("java/lang/Byte", NUMBERS),
            allow("java/lang/Boolean", NUMBERS),
            allow("java/lang/Double", NUMBERS),
            allow("java/lang/System", "arraycopy|nanoTime|currentTimeMillis|identityHashCode"),
            allow("java/lang/Thread", "onSpinWait|currentThread"),
            allow("java/lang/Enum", "ordinal|compareTo"),
            allow("java/lang/Object", "getClass"),
            allow("java/lang/CharSequence", "charAt|length|isEmpty"),
            allow("java/lang/String", "charAt|length|isEmpty|equals"),
            allow("java/lang/Throwable", "getMessage"),
            allow("java/lang/StringBuilder", "append|setLength|length|charAt"), // one with room: making one is refused
            allow("java/lang/foreign/MemorySegment", "get|set|address|byteSize|fill|copy"),
            allow("java/util/ArrayDeque", "isEmpty|peek|poll|size"),
            allow("java/util/Arrays", "fill|equals|hashCode|mismatch|binarySearch"),
            allow("java/util/List", "get|size|isEmpty"),
            allow("java/util/Map", "get|size|isEmpty"),
            allow(
                    "java/util/Objects",
                    "requireNonNull|requireNonNullElse|equals|checkIndex|checkFromIndexSize|checkFromToIndex"),
            allow("org/agrona/AsciiSequenceView", "wrap|reset|length|charAt"),
            allow("org/agrona/BitUtil", "align|isPowerOfTwo|findNextPositivePowerOfTwo"),
            allow("org/agrona/DirectBuffer", BUFFERS),
            allow("org/agrona/MutableDirectBuffer", BUFFERS),
            allow("org/agrona/concurrent/AtomicBuffer", BUFFERS),
            allow("org/agrona/concurrent/UnsafeBuffer", BUFFERS),
            allow("org/agrona/concurrent/ringbuffer/RingBuffer", RINGS),
            allow("org/agrona/concurrent/ringbuffer/OneToOneRingBuffer", RINGS),
            allow("org/agrona/concurrent/ringbuffer/ManyToOneRingBuffer", RINGS));

    private static final Set<String> BOXES = Set.of(
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Double",
            "java/lang/Float",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Short");
    private static final Set<String> ITERATORS = Set.of(
            "iterator", "listIterator", "spliterator", "stream", "parallelStream", "entrySet", "keySet", "forEach");
    private static final Set<String> WAITS =
            Set.of("wait", "notify", "notifyAll", "sleep", "join", "park", "parkNanos");

    private ForeignCalls() {}

    private static Map.Entry<String, Pattern> allow(String owner, String names) {
        return Map.entry(owner, Pattern.compile(names));
    }

    /** Returns by which clause a call is refused; empty if it is allowed. */
    static Optional<Clause> clauseOf(MethodRef call) {
        if (isLock(call)) {
            return Optional.of(Clause.LOCK);
        } else if (isLog(call.owner())) {
            return Optional.of(Clause.LOG);
        } else if (isAllowed(call)) {
            return Optional.empty();
        } else if (BOXES.contains(call.owner()) && call.name().equals("valueOf")) {
            return Optional.of(Clause.BOX);
        } else if (ITERATORS.contains(call.name()) || call.owner().startsWith("java/util/stream/")) {
            return Optional.of(Clause.ITERATOR);
        } else if (call.owner().startsWith("[")
                || (call.owner().equals("java/util/Arrays") && call.name().startsWith("copyOf"))) {
            return Optional.of(Clause.ARRAY);
        } else if (call.name().equals("toString") || call.owner().equals("java/lang/String")) {
            return Optional.of(Clause.TEXT);
        }
        return Optional.of(Clause.FOREIGN);
    }

    private static boolean isAllowed(MethodRef call) {
        if (call.name().equals("toString")) {
            return false;
        }
        Pattern names = METHODS.get(call.owner());
        return OWNERS.stream()
                        .anyMatch(owner -> call.owner().equals(owner)
                                || (owner.endsWith("/") && call.owner().startsWith(owner)))
                || (names != null && names.matcher(call.name()).matches());
    }

    private static boolean isLock(MethodRef call) {
        boolean isConcurrent = call.owner().startsWith("java/util/concurrent/")
                && !call.owner().startsWith("java/util/concurrent/atomic/");
        boolean isWait =
                (call.owner().equals("java/lang/Object") || call.owner().equals("java/lang/Thread"))
                        && WAITS.contains(call.name());
        return isConcurrent || isWait || call.owner().endsWith("IdleStrategy");
    }

    private static boolean isLog(String owner) {
        return owner.equals("java/lang/System$Logger")
                || owner.equals("java/io/PrintStream")
                || owner.startsWith("java/util/logging/")
                || owner.startsWith("org/slf4j/");
    }

    static String nameOf(MethodRef call) {
        return call.owner().replace('/', '.').replace("java.lang.", "") + "." + call.name();
    }
}
