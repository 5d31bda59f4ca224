package io.vireo.control.node.namespace;

import io.vireo.control.linux.Errno;
import io.vireo.control.linux.LinuxException;
import io.vireo.control.linux.netlink.AddressMessage;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.model.InterfaceAddress;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Brings the addresses of an interface to what they shall be; see {@link AddressStep}. An address that stays but that Linux lets
 * go of on the way is held by the kernel meanwhile in another place, so that the router answers to it all the time: one that
 * has to be removed and added again, and in IPv4 all of a subnet whose primary address goes ({@code __inet_del_ifa} takes the
 * routes of the others away for a moment). One thread at a time.
 */
final class AddressSync {
    /** The kernel may do more than it was asked for: a primary address may take secondary ones along. */
    private static final int MAX_ROUNDS = 3;

    private static final long POLL_NS = 200_000;
    private static final int MAX_POLLS = 500;

    private final Rtnetlink netlink;

    AddressSync(Rtnetlink netlink) {
        this.netlink = netlink;
    }

    /** Adds what is missing; what goes stays for the time being. */
    void add(LinkMessage link, List<InterfaceAddress> wanted) {
        for (AddressStep step : AddressStep.between(of(link, netlink.addresses()), wanted)) {
            if (step.kind() == AddressStep.Kind.ADD) {
                netlink.addAddress(link, step.address(), RouterNamespace.PROTOCOL);
            }
        }
    }

    /**
     * Adds what is missing, and removes those of ours that are configured no more.
     *
     * @param loopback asked for when something has to be held meanwhile
     */
    void configure(LinkMessage link, Supplier<LinkMessage> loopback, List<InterfaceAddress> wanted) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<AddressMessage> present = of(link, netlink.addresses());
            List<AddressStep> steps = AddressStep.between(present, wanted);
            if (steps.isEmpty()) {
                return;
            }
            List<InterfaceAddress> held = AddressStep.toHold(steps, present, wanted);
            held.forEach(address -> netlink.addAddress(link, address, RouterNamespace.PROTOCOL));
            steps.forEach(step -> run(step, link, loopback));
            held.forEach(address -> remove(link, address));
        }
    }

    /** The addresses of one interface, in the kernel's order. */
    static List<AddressMessage> of(LinkMessage link, List<AddressMessage> addresses) {
        return addresses.stream()
                .filter(address -> address.ifindex() == link.ifindex())
                .toList();
    }

    private void run(AddressStep step, LinkMessage link, Supplier<LinkMessage> loopback) {
        InterfaceAddress address = step.address();
        switch (step.kind()) {
            case ADD -> netlink.addAddress(link, address, RouterNamespace.PROTOCOL);
            case REMOVE -> remove(link, address);
            case MOVE_BEHIND -> {
                remove(link, address);
                netlink.addAddress(link, address, RouterNamespace.PROTOCOL);
            }
            case REPLACE -> replace(link, step, loopback.get());
        }
    }

    /** Another length of an IPv6 address: the loopback holds the address meanwhile, unless it has it anyway. */
    private void replace(LinkMessage link, AddressStep step, LinkMessage loopback) {
        InterfaceAddress wanted = step.address();
        InterfaceAddress held =
                new InterfaceAddress(wanted.address(), wanted.family().bits());
        boolean isHeld = link.ifindex() != loopback.ifindex()
                && !held.address().isLinkLocal()
                && of(loopback, netlink.addresses()).stream()
                        .noneMatch(message -> message.address().address().equals(held.address()));
        if (isHeld) {
            addAndAwait(loopback, held);
        }
        remove(link, step.found() == null ? wanted : step.found());
        addAndAwait(link, wanted);
        if (isHeld) {
            remove(loopback, held);
        }
    }

    /** The kernel begins to answer to an IPv6 address on a thread of its own ({@code addrconf_dad_work}). */
    private void addAndAwait(LinkMessage link, InterfaceAddress address) {
        netlink.addAddress(link, address, RouterNamespace.PROTOCOL);
        for (int i = 0; i < MAX_POLLS && link.isUp() && !netlink.isLocal(link, address.address()); i++) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private void remove(LinkMessage link, InterfaceAddress address) {
        try {
            netlink.deleteAddress(link, address);
        } catch (LinuxException e) {
            if (e.errno() != Errno.EADDRNOTAVAIL) { // somebody else was faster
                throw e;
            }
        }
    }
}
