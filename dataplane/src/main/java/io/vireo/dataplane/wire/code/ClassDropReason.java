package io.vireo.dataplane.wire.code;

import org.jspecify.annotations.Nullable;

/** Why a class of the scheduler dropped a packet. Users see the sentence; each class counts each reason. */
public enum ClassDropReason {
    /** The class has children, or is being removed. */
    NO_CLASS(1, "no such leaf class"),
    /** The class holds as many packets as it may. */
    CLASS_PACKETS(2, "queue of the class full, packets"),
    /** The class holds as many bytes as it may. */
    CLASS_BYTES(3, "queue of the class full, bytes"),
    /** The VPN holds as many packets as its quota. */
    QUOTA_PACKETS(4, "buffer quota of the VPN used up, packets"),
    /** The VPN holds as many bytes as its quota. */
    QUOTA_BYTES(5, "buffer quota of the VPN used up, bytes"),
    /** The port has no room left. */
    PORT_PACKETS(6, "packet pool of the port used up"),
    /** The queue stood too long, RFC 8289. */
    CODEL(7, "dropped by CoDel: the queue stood too long");

    private static final CodeTable<ClassDropReason> BY_CODE = new CodeTable<>(values(), ClassDropReason::code);

    private final int code;
    private final String description;

    ClassDropReason(int code, String description) {
        this.code = code;
        this.description = description;
    }

    /** Returns the number that stands for it in statistics, 1..7. */
    public int code() {
        return code;
    }

    /** Returns the sentence that users read. */
    public String description() {
        return description;
    }

    /** Returns the constant of a code, or null when there is none. */
    public static @Nullable ClassDropReason ofCode(int code) {
        return BY_CODE.get(code);
    }
}
