package io.vireo.dataplane.path.schedule;

/**
 * How one worker finds classes: the local id of each class by its node-wide one, and of each interface its link class, filter,
 * default class and implicit leaf. Single user: that worker.
 *
 * <pre>
 *  classes      (port + 1) &lt;&lt; 24 | local id; 0 = not here
 *  interfaces   link class | place of the filter + 1 | default class, node-wide | implicit leaf
 *  leaves       generation &lt;&lt; 32 | leaf of all packets of an interface; of an older generation = not known
 * </pre>
 */
final class ClassMap {
    /** Local ids of a port, at most. */
    static final int MAX_LOCAL = 1 << 24;

    private static final int PORT_SHIFT = 24;
    private static final int LOCAL_MASK = MAX_LOCAL - 1;
    private static final int STRIDE_SHIFT = 2;
    private static final int LINK = 0;
    private static final int FILTER = 1;
    private static final int DEFAULT = 2;
    private static final int IMPLICIT = 3;

    private final int[] classes;
    private final int[] interfaces;
    private final long[] leaves;
    private int generation = 1;

    ClassMap(int maxClasses, int maxInterfaces) {
        classes = new int[maxClasses];
        interfaces = new int[maxInterfaces << STRIDE_SHIFT];
        leaves = new long[maxInterfaces];
    }

    /** The local id of a class of a port, or {@link PortClasses#NONE}. */
    int local(int classId, int port) {
        int word = classes[classId];
        return word >>> PORT_SHIFT == port + 1 ? word & LOCAL_MASK : PortClasses.NONE;
    }

    void put(int classId, int port, int local) {
        classes[classId] = (port + 1) << PORT_SHIFT | local;
    }

    void remove(int classId) {
        classes[classId] = 0;
    }

    int link(int interfaceId) {
        return interfaces[(interfaceId << STRIDE_SHIFT) + LINK];
    }

    void setLink(int interfaceId, int local) {
        interfaces[(interfaceId << STRIDE_SHIFT) + LINK] = local;
    }

    /** Where the interface's filter stands, or {@link io.vireo.dataplane.schedule.order.ClassOrder#NO_FILTER}. */
    int filterAt(int interfaceId) {
        return interfaces[(interfaceId << STRIDE_SHIFT) + FILTER] - 1;
    }

    /** The class of what the filter does not match; 0 = none. */
    int defaultClass(int interfaceId) {
        return interfaces[(interfaceId << STRIDE_SHIFT) + DEFAULT];
    }

    void setFilter(int interfaceId, int filterAt, int defaultClassId) {
        interfaces[(interfaceId << STRIDE_SHIFT) + FILTER] = filterAt + 1;
        interfaces[(interfaceId << STRIDE_SHIFT) + DEFAULT] = defaultClassId;
    }

    int implicitLeaf(int interfaceId) {
        return interfaces[(interfaceId << STRIDE_SHIFT) + IMPLICIT];
    }

    void setImplicitLeaf(int interfaceId, int local) {
        interfaces[(interfaceId << STRIDE_SHIFT) + IMPLICIT] = local;
    }

    /** The leaf that was set for all packets of an interface, or {@link PortClasses#NONE} if it is not known. */
    int leaf(int interfaceId) {
        long word = leaves[interfaceId];
        return (int) (word >>> Integer.SIZE) == generation ? (int) word : PortClasses.NONE;
    }

    void setLeaf(int interfaceId, int leaf) {
        leaves[interfaceId] = (long) generation << Integer.SIZE | leaf;
    }

    /** Classes or filters have changed. */
    void forgetLeaves() {
        generation++;
    }
}
