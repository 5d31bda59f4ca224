package io.vireo.control.node.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The header between Ethernet and what a virtual link of the substrate carries, which says which virtual link it is. */
final class VirtualLinkLayer {
    static final String KIND = "substrate";
    static final String ID = "id";

    private static final int TYPE = 12;
    private static final int TAG_BYTES = 4;
    private static final int VLAN = 0x8100;

    /** From the ethertype of virtual links to that of what is inside. */
    private static final int BYTES = 8;

    private VirtualLinkLayer() {}

    /** Where in a frame the ethertype of virtual links is, or -1: it is none of theirs. */
    private static int find(byte[] frame, int etherType) {
        int at = u16(frame, TYPE) == VLAN ? TYPE + TAG_BYTES : TYPE;
        return u16(frame, at) == etherType && frame.length >= at + BYTES + Short.BYTES ? at : -1;
    }

    /** A frame without that header, as it is otherwise. */
    static byte[] inside(byte[] frame, int etherType) {
        int at = find(frame, etherType);
        if (at < 0) {
            return frame;
        }
        byte[] inside = new byte[frame.length - BYTES];
        System.arraycopy(frame, 0, inside, 0, at);
        System.arraycopy(frame, at + BYTES, inside, at, inside.length - at);
        return inside;
    }

    /** The layers of a frame, given those of what is {@linkplain #inside inside}. */
    static List<Layer> before(List<Layer> layers, byte[] frame, int etherType) {
        int at = find(frame, etherType);
        if (at < 0) {
            return layers;
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(ID, Integer.toString((u16(frame, at + 2) & 0xff) << Short.SIZE | u16(frame, at + 4)));
        fields.put("length", Integer.toString(u16(frame, at + 6)));
        return Stream.concat(Stream.of(new Layer(KIND, fields)), layers.stream())
                .toList();
    }

    private static int u16(byte[] frame, int at) {
        return frame.length < at + Short.BYTES ? -1 : (frame[at] & 0xff) << Byte.SIZE | (frame[at + 1] & 0xff);
    }
}
