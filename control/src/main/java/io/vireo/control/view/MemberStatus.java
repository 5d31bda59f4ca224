package io.vireo.control.view;

/**
 * A line of a list of members: a tuple, a VPN whose VPN-ID packets may say, or what becomes of the rest. What does not apply is empty.
 *
 * @param interfacePath    of the interface that has the list.
 * @param tuple            its number, from 1, or {@code allow}, or {@code otherwise}.
 * @param vpn              that packets are of; {@code drop} of the rest, if it is dropped.
 * @param source           where their sources lie.
 * @param destination      where their destinations lie.
 * @param protocol         what they carry.
 * @param sourcePorts      one, or the first and the last.
 * @param destinationPorts as the source's.
 * @param ingress          path of the interface by which they come in.
 * @param rxPackets        that came in by that interface, of this and all other lines.
 */
public record MemberStatus(
        String interfacePath,
        String tuple,
        String vpn,
        String source,
        String destination,
        String protocol,
        String sourcePorts,
        String destinationPorts,
        String ingress,
        long rxPackets) {}
