package io.vireo.control.node.ike;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Attributes of {@link HaMessage}, in the order of their numbers, which begin at 1 and leave out none. */
enum HaAttribute {
    IKE_ID(1, Form.IKE_ID),
    IKE_REKEY_ID(2, Form.IKE_ID),
    LOCAL_ID(3, Form.IDENTITY),
    REMOTE_ID(4, Form.IDENTITY),
    REMOTE_EAP_ID(5, Form.IDENTITY),
    LOCAL_ADDRESS(6, Form.HOST),
    REMOTE_ADDRESS(7, Form.HOST),
    CONFIG_NAME(8, Form.STRING),
    CONDITIONS(9, Form.WORD),
    EXTENSIONS(10, Form.WORD),
    LOCAL_VIRTUAL_IP(11, Form.HOST),
    REMOTE_VIRTUAL_IP(12, Form.HOST),
    PEER_ADDRESS(13, Form.HOST),
    INITIATOR(14, Form.BYTE),
    NONCE_I(15, Form.CHUNK),
    NONCE_R(16, Form.CHUNK),
    SECRET(17, Form.CHUNK),
    OLD_SKD(18, Form.CHUNK),
    PRF(19, Form.SHORT),
    OLD_PRF(20, Form.SHORT),
    ENCRYPTION(21, Form.SHORT),
    ENCRYPTION_BITS(22, Form.SHORT),
    INTEGRITY(23, Form.SHORT),
    DH_GROUP(24, Form.SHORT),
    IPSEC_MODE(25, Form.BYTE),
    IPCOMP(26, Form.BYTE),
    INBOUND_SPI(27, Form.WORD),
    OUTBOUND_SPI(28, Form.WORD),
    INBOUND_CPI(29, Form.SHORT),
    OUTBOUND_CPI(30, Form.SHORT),
    LOCAL_SELECTOR(31, Form.SELECTOR),
    REMOTE_SELECTOR(32, Form.SELECTOR),
    MESSAGE_ID(33, Form.WORD),
    SEGMENT(34, Form.SHORT),
    EXTENDED_SEQUENCE(35, Form.SHORT),
    IKE_VERSION(36, Form.BYTE),
    LOCAL_DH(37, Form.CHUNK),
    REMOTE_DH(38, Form.CHUNK),
    PSK(39, Form.CHUNK),
    IV(40, Form.CHUNK),
    AUTHENTICATION_METHOD(41, Form.SHORT);

    private static final HaAttribute[] ALL = values();

    private final int number;
    private final Form form;

    HaAttribute(int number, Form form) {
        this.number = number;
        this.form = form;
    }

    /** How a value is written, big-endian; none says its length in the same way. */
    private enum Form {
        BYTE,
        SHORT,
        WORD,
        /** A version, two SPIs of eight bytes, whether this end is the initiator. */
        IKE_ID,
        /** A type, a length of one byte, and so many bytes. */
        IDENTITY,
        /** A port, an address family of Linux (one byte), an address. */
        HOST,
        /** Ended by 0. */
        STRING,
        /** A length of two bytes, and so many bytes. */
        CHUNK,
        /** A type (RFC 7296 §3.13.1), a protocol, two ports, whether it is dynamic, two addresses. */
        SELECTOR
    }

    /** The attribute of a number, or null. */
    static @Nullable HaAttribute of(int number) {
        return number >= 1 && number <= ALL.length ? ALL[number - 1] : null;
    }

    int number() {
        return number;
    }

    /**
     * Takes the value that stands at a buffer's position, without its length.
     *
     * @throws HaFormatException when it does not end in the buffer, or its length cannot be known
     */
    byte[] take(ByteBuffer buffer) throws HaFormatException {
        int lengthBytes = form == Form.CHUNK ? Short.BYTES : 0;
        int bytes = lengthBytes + length(buffer);
        if (bytes > buffer.remaining()) {
            throw new HaFormatException(this + " is cut off");
        }
        byte[] value = new byte[bytes - lengthBytes];
        buffer.position(buffer.position() + lengthBytes);
        buffer.get(value);
        return value;
    }

    private int length(ByteBuffer buffer) throws HaFormatException {
        return switch (form) {
            case BYTE -> 1;
            case SHORT -> Short.BYTES;
            case WORD -> Integer.BYTES;
            case IKE_ID -> 2 + 2 * Long.BYTES;
            case IDENTITY -> 2 + octet(buffer, 1);
            case HOST -> 3 + addressBytes(octet(buffer, 2), 2, 10);
            case STRING -> stringBytes(buffer);
            case CHUNK -> octet(buffer, 0) << Byte.SIZE | octet(buffer, 1);
            case SELECTOR -> 7 + 2 * addressBytes(octet(buffer, 0), 7, 8);
        };
    }

    private int octet(ByteBuffer buffer, int offset) throws HaFormatException {
        if (offset >= buffer.remaining()) {
            throw new HaFormatException(this + " is cut off");
        }
        return Byte.toUnsignedInt(buffer.get(buffer.position() + offset));
    }

    private int addressBytes(int type, int ipv4, int ipv6) throws HaFormatException {
        if (type != ipv4 && type != ipv6) {
            throw new HaFormatException(this + " is of the unknown type " + type);
        }
        return type == ipv4 ? 4 : 16;
    }

    private int stringBytes(ByteBuffer buffer) throws HaFormatException {
        int bytes = 0;
        while (octet(buffer, bytes) != 0) {
            bytes++;
        }
        return bytes + 1;
    }
}
