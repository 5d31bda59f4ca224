package io.vireo.dataplane.conductor;

import static io.vireo.dataplane.interfaces.InterfaceAddresses.MAX_PER_FAMILY;
import static io.vireo.dataplane.interfaces.InterfaceAddresses.NONE;

import io.vireo.dataplane.interfaces.InterfaceAddresses;
import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.AddressUse;
import io.vireo.dataplane.wire.code.CommandResult;
import io.vireo.dataplane.wire.command.AddressCommandHandler;

/**
 * The addresses for which workers answer: checks what control asks for, and keeps the workers' table in step. Single
 * user: the conductor.
 */
final class OwnAddresses implements AddressCommandHandler, Dependent {
    private static final int FAMILIES = 2;

    private final InterfaceAddresses table;
    private final Interfaces interfaces;
    private final ResyncMark mark;
    private final Refusal refusal;
    private final byte[] marks;

    OwnAddresses(InterfaceAddresses table, Interfaces interfaces, ResyncMark mark, Refusal refusal) {
        this.table = table;
        this.interfaces = interfaces;
        this.mark = mark;
        this.refusal = refusal;
        marks = new byte[interfaces.capacity() * FAMILIES * MAX_PER_FAMILY];
    }

    @Override
    public void onAddInterfaceAddress(
            long correlationId, int interfaceId, AddressFamily family, long high, long low, AddressUse use) {
        refusal.answer(correlationId, interfaces.check(interfaceId) && add(interfaceId, family, high, low, use));
    }

    @Override
    public void onRemoveInterfaceAddress(
            long correlationId, int interfaceId, AddressFamily family, long high, long low) {
        refusal.answer(correlationId, interfaces.check(interfaceId) && remove(interfaceId, family, high, low));
    }

    private boolean add(int id, AddressFamily family, long high, long low, AddressUse use) {
        boolean isIpv4 = family == AddressFamily.IPV4;
        if (!isIpv4 && high == 0) {
            return refusal.because(CommandResult.INVALID, "address: not an IPv6 address of an interface");
        }
        int place = find(id, isIpv4, high, low);
        if (place == NONE) {
            place = isIpv4 ? table.freeIpv4(id) : table.freeIpv6(id);
            if (place == NONE) {
                return refusal.because(
                        CommandResult.LIMIT, "address: an interface has at most ", MAX_PER_FAMILY, " of a family");
            }
            put(id, isIpv4, place, high, low);
        }
        marks[markOf(id, isIpv4, place)] = mark.current();
        if (use == AddressUse.SOURCE) {
            table.setSource(id, isIpv4, place);
        } else if (table.source(id, isIpv4) == place) {
            table.setSource(id, isIpv4, NONE);
        }
        return true;
    }

    private boolean remove(int id, AddressFamily family, long high, long low) {
        boolean isIpv4 = family == AddressFamily.IPV4;
        int place = find(id, isIpv4, high, low);
        if (place == NONE) {
            return refusal.because(CommandResult.NOT_FOUND, "address: not an address of interface ", id, "");
        }
        free(id, isIpv4, place);
        return true;
    }

    /** Removes the addresses of an interface that no resynchronisation has added. */
    void sweep(int id) {
        for (int place = 0; place < MAX_PER_FAMILY; place++) {
            if (marks[markOf(id, true, place)] != mark.current() && table.ipv4At(id, place) != 0) {
                free(id, true, place);
            }
            if (marks[markOf(id, false, place)] != mark.current() && table.ipv6HighAt(id, place) != 0) {
                free(id, false, place);
            }
        }
    }

    @Override
    public void interfaceRemoved(int interfaceId) {
        for (int place = 0; place < MAX_PER_FAMILY; place++) {
            put(interfaceId, true, place, 0, 0);
            put(interfaceId, false, place, 0, 0);
        }
        table.clear(interfaceId);
    }

    private int find(int id, boolean isIpv4, long high, long low) {
        return isIpv4 ? table.findIpv4(id, (int) low) : table.findIpv6(id, high, low);
    }

    private void free(int id, boolean isIpv4, int place) {
        if (table.source(id, isIpv4) == place) {
            table.setSource(id, isIpv4, NONE);
        }
        put(id, isIpv4, place, 0, 0);
    }

    private void put(int id, boolean isIpv4, int place, long high, long low) {
        if (isIpv4) {
            table.putIpv4(id, place, (int) low);
        } else {
            table.putIpv6(id, place, high, low);
        }
    }

    private static int markOf(int id, boolean isIpv4, int place) {
        return (id * FAMILIES + (isIpv4 ? 0 : 1)) * MAX_PER_FAMILY + place;
    }
}
