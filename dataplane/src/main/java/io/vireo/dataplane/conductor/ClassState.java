package io.vireo.dataplane.conductor;

import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.SchedulingDigest;
import java.util.Arrays;

/**
 * What the conductor knows of each class: where it hangs, whose it is, and what it was last programmed to be. The workers have the
 * trees themselves. Single user: the conductor.
 */
final class ClassState {
    static final int NO_CLASS = 0;
    static final int NO_PORT = -1;
    static final int NO_INTERFACE = -1;

    private final byte[] ports;
    private final int[] parents;
    private final int[] children;
    private final int[] interfaces;
    private final int[] quotas;
    private final long[] specs;
    private final int[] versions;
    private final byte[] marks;
    private final int[] linkClasses;
    private final int[] classesOfInterface;
    private final int[] classesOfPort;
    private final int[] parentsOfPort;
    private final int[] usersOfQuota;

    ClassState(int maxClasses, int maxInterfaces, int maxPorts, int maxQuotas) {
        ports = new byte[maxClasses];
        parents = new int[maxClasses];
        children = new int[maxClasses];
        interfaces = new int[maxClasses];
        quotas = new int[maxClasses];
        specs = new long[maxClasses];
        versions = new int[maxClasses];
        marks = new byte[maxClasses];
        linkClasses = new int[maxInterfaces];
        classesOfInterface = new int[maxInterfaces];
        classesOfPort = new int[maxPorts];
        parentsOfPort = new int[maxPorts];
        usersOfQuota = new int[maxQuotas];
        Arrays.fill(ports, (byte) NO_PORT);
    }

    int capacity() {
        return ports.length;
    }

    boolean isPresent(int id) {
        return ports[id] != NO_PORT;
    }

    int port(int id) {
        return ports[id];
    }

    int parent(int id) {
        return parents[id];
    }

    int children(int id) {
        return children[id];
    }

    int interfaceOf(int id) {
        return interfaces[id];
    }

    /** Counts up whenever an id is given anew: distinguishes a late answer about a former class from one about this one. */
    int version(int id) {
        return versions[id];
    }

    byte mark(int id) {
        return marks[id];
    }

    void mark(int id, byte mark) {
        marks[id] = mark;
    }

    /** {@link SchedulingDigest} of what a class was last programmed to be; 0 when its worker refused that. */
    long digest(int id) {
        return specs[id];
    }

    /** The class of an interface that hangs under the port or a group, or {@link #NO_CLASS}. */
    int linkClass(int interfaceId) {
        return linkClasses[interfaceId];
    }

    int classesOfInterface(int interfaceId) {
        return classesOfInterface[interfaceId];
    }

    int classesOfPort(int port) {
        return classesOfPort[port];
    }

    /** Classes of a port that have children. */
    int parentsOfPort(int port) {
        return parentsOfPort[port];
    }

    int usersOfQuota(int quota) {
        return usersOfQuota[quota];
    }

    /** Whether a class of an interface under this parent is the interface's link class. */
    boolean isLink(int interfaceId, int parent) {
        return interfaceId != NO_INTERFACE && (parent == NO_CLASS || interfaces[parent] == NO_INTERFACE);
    }

    /** Whether one class is the other or stands below it. */
    boolean isBelow(int id, int ancestor) {
        int above = id;
        while (above != NO_CLASS && above != ancestor) {
            above = parents[above];
        }
        return above == ancestor;
    }

    void add(int id, int parent, int port, int interfaceId) {
        ports[id] = (byte) port;
        interfaces[id] = interfaceId;
        children[id] = 0;
        versions[id]++;
        specs[id] = 0;
        quotas[id] = 0;
        usersOfQuota[0]++;
        classesOfPort[port]++;
        if (interfaceId != NO_INTERFACE) {
            classesOfInterface[interfaceId]++;
        }
        hang(id, parent);
    }

    void move(int id, int parent) {
        unhang(id);
        hang(id, parent);
    }

    void remove(int id) {
        unhang(id);
        usersOfQuota[quotas[id]]--;
        classesOfPort[ports[id]]--;
        if (interfaces[id] != NO_INTERFACE) {
            classesOfInterface[interfaces[id]]--;
        }
        ports[id] = NO_PORT;
    }

    private void hang(int id, int parent) {
        parents[id] = parent;
        if (parent != NO_CLASS && children[parent]++ == 0) {
            parentsOfPort[ports[id]]++;
        }
        if (isLink(interfaces[id], parent)) {
            linkClasses[interfaces[id]] = id;
        }
    }

    private void unhang(int id) {
        int parent = parents[id];
        if (parent != NO_CLASS && --children[parent] == 0) {
            parentsOfPort[ports[id]]--;
        }
        if (interfaces[id] != NO_INTERFACE && linkClasses[interfaces[id]] == id) {
            linkClasses[interfaces[id]] = NO_CLASS;
        }
    }

    /** Notes what a class is to be; false if it is that already. */
    boolean change(int id, ClassSpec spec) {
        long digest = SchedulingDigest.of(spec);
        if (specs[id] == digest) {
            return false;
        }
        specs[id] = digest;
        usersOfQuota[quotas[id]]--;
        quotas[id] = spec.quotaId();
        usersOfQuota[quotas[id]]++;
        return true;
    }

    /** Forgets what a class is, so that it will be programmed again. */
    void doubt(int id) {
        specs[id] = 0;
    }
}
