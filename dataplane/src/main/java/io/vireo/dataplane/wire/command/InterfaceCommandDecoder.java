package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandDecoder.MALFORMED;

import io.vireo.dataplane.wire.code.AddressFamily;
import io.vireo.dataplane.wire.code.Encapsulation;
import io.vireo.dataplane.wire.code.EspAlgorithm;
import io.vireo.dataplane.wire.code.InterfaceKind;
import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.ring.TextView;
import io.vireo.dataplane.wire.sbe.AddInterfaceDecoder;
import io.vireo.dataplane.wire.sbe.AddInterfaceMacDecoder;
import io.vireo.dataplane.wire.sbe.RemoveInterfaceDecoder;
import io.vireo.dataplane.wire.sbe.RemoveInterfaceMacDecoder;
import io.vireo.dataplane.wire.sbe.SetInterfaceLinkDecoder;
import io.vireo.dataplane.wire.sbe.SetInterfaceStateDecoder;
import io.vireo.dataplane.wire.value.InterfaceSpec;
import org.jspecify.annotations.Nullable;

/** Decodes the commands about interfaces. Part of {@link CommandAdapter}. */
final class InterfaceCommandDecoder {
    private final MessageFrame frame;
    private final CommandRules rules;
    private final InterfaceCommandHandler interfaces;
    private final AddInterfaceDecoder addInterface = new AddInterfaceDecoder();
    private final RemoveInterfaceDecoder removeInterface = new RemoveInterfaceDecoder();
    private final SetInterfaceStateDecoder setInterfaceState = new SetInterfaceStateDecoder();
    private final AddInterfaceMacDecoder addInterfaceMac = new AddInterfaceMacDecoder();
    private final SetInterfaceLinkDecoder setInterfaceLink = new SetInterfaceLinkDecoder();
    private final RemoveInterfaceMacDecoder removeInterfaceMac = new RemoveInterfaceMacDecoder();
    private final TextView name = new TextView();
    private final InterfaceSpec spec = new InterfaceSpec();

    InterfaceCommandDecoder(MessageFrame frame, CommandRules rules, InterfaceCommandHandler interfaces) {
        this.frame = frame;
        this.rules = rules;
        this.interfaces = interfaces;
    }

    /** Puts the decoders in their places. */
    void addTo(CommandDecoders decoders) {
        decoders.put(AddInterfaceDecoder.TEMPLATE_ID, this::addInterface);
        decoders.put(RemoveInterfaceDecoder.TEMPLATE_ID, this::removeInterface);
        decoders.put(SetInterfaceStateDecoder.TEMPLATE_ID, this::setInterfaceState);
        decoders.put(AddInterfaceMacDecoder.TEMPLATE_ID, this::addInterfaceMac);
        decoders.put(SetInterfaceLinkDecoder.TEMPLATE_ID, this::setInterfaceLink);
        decoders.put(RemoveInterfaceMacDecoder.TEMPLATE_ID, this::removeInterfaceMac);
    }

    private @Nullable String addInterface() {
        if (!frame.hasBlock(interfaceBlockLength(frame.version())) || !frame.hasBytes()) {
            return MALFORMED;
        }
        AddInterfaceDecoder m = addInterface.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        InterfaceKind kind = InterfaceKind.ofCode(m.kindRaw());
        if (kind == null) {
            return "kind: must be ACCESS, LINK, TUNNEL or SUBSTRATE";
        }
        m.wrapName(name.bytes());
        spec.id(m.interfaceId(), m.routerId()).mac(m.mac()).mtuBytes(m.mtu()).name(name.text());
        String wrong = switch (kind) {
            case ACCESS -> access(m);
            case LINK -> rules.addInterface(spec.link(m.peerInterfaceId()));
            case TUNNEL -> tunnel(m);
            case SUBSTRATE -> substrate(m);
        };
        if (wrong == null) {
            interfaces.onAddInterface(m.correlationId(), spec);
        }
        return wrong;
    }

    /** How much of the block a writer of a schema version knows. */
    private static int interfaceBlockLength(int version) {
        if (version < AddInterfaceDecoder.encapsulationSinceVersion()) {
            return AddInterfaceDecoder.encapsulationEncodingOffset();
        }
        if (version < AddInterfaceDecoder.tunnelKeySinceVersion()) {
            return AddInterfaceDecoder.tunnelKeyEncodingOffset();
        }
        if (version < AddInterfaceDecoder.vnsOptionSinceVersion()) {
            return AddInterfaceDecoder.vnsOptionEncodingOffset();
        }
        if (version < AddInterfaceDecoder.tunnelModesSinceVersion()) {
            return AddInterfaceDecoder.tunnelModesEncodingOffset();
        }
        if (version < AddInterfaceDecoder.espAlgorithmSinceVersion()) {
            return AddInterfaceDecoder.espAlgorithmEncodingOffset();
        }
        if (version < AddInterfaceDecoder.udpPortSinceVersion()) {
            return AddInterfaceDecoder.udpPortEncodingOffset();
        }
        if (version < AddInterfaceDecoder.localMacSinceVersion()) {
            return AddInterfaceDecoder.udpPortEncodingOffset() + AddInterfaceDecoder.udpPortEncodingLength();
        }
        if (version < AddInterfaceDecoder.outLabelSinceVersion()) {
            return AddInterfaceDecoder.outLabelEncodingOffset();
        }
        return version < AddInterfaceDecoder.keepaliveTargetHighSinceVersion()
                ? AddInterfaceDecoder.keepaliveTargetHighEncodingOffset()
                : AddInterfaceDecoder.BLOCK_LENGTH;
    }

    private @Nullable String access(AddInterfaceDecoder m) {
        spec.access(m.portId(), m.vlan());
        if (frame.version() >= AddInterfaceDecoder.vnsOptionSinceVersion()) {
            spec.vns(m.vnsOption(), (int) m.tunnelKey());
        }
        if (frame.version() >= AddInterfaceDecoder.takesLabelsSinceVersion()) {
            if (m.takesLabels() > 1) {
                return "takesLabels: must be 0..1";
            }
            spec.takesLabels(m.takesLabels() == 1);
        }
        return rules.addInterface(spec);
    }

    private @Nullable String substrate(AddInterfaceDecoder m) {
        if (frame.version() < AddInterfaceDecoder.localMacSinceVersion()) {
            return MALFORMED;
        }
        spec.substrate(
                        m.portId(),
                        m.vlan(),
                        m.localMac(),
                        m.peerMac(),
                        (int) m.virtualLinkId(),
                        m.etherType(),
                        m.vlanPriority())
                .crossesTo(m.peerInterfaceId());
        return rules.addInterface(spec);
    }

    private @Nullable String tunnel(AddInterfaceDecoder m) {
        Encapsulation encapsulation = Encapsulation.ofCode(m.encapsulationRaw());
        AddressFamily family = AddressFamily.ofCode(m.outerFamilyRaw());
        if (encapsulation == null) {
            return "encapsulation: must be a known kind of tunnel";
        }
        if (family == null) {
            return "outerFamily: must be IPv4 or IPv6";
        }
        spec.tunnel(
                encapsulation,
                m.underlayRouterId(),
                family,
                m.localHigh(),
                m.localLow(),
                m.remoteHigh(),
                m.remoteLow(),
                m.hopLimit());
        // In an older message SBE reads its null values here, which are no 0.
        if (frame.version() >= AddInterfaceDecoder.tunnelKeySinceVersion()) {
            spec.gre(m.greOptions(), (int) m.tunnelKey());
        }
        if (frame.version() >= AddInterfaceDecoder.vnsOptionSinceVersion()) {
            spec.vns(m.vnsOption(), (int) m.tunnelKey());
        }
        if (frame.version() >= AddInterfaceDecoder.udpPortSinceVersion()) {
            spec.vxlan(m.udpPort(), (int) m.tunnelKey());
        }
        if (frame.version() >= AddInterfaceDecoder.tunnelModesSinceVersion()) {
            spec.tunnelModes(m.tunnelModes());
        }
        if (frame.version() >= AddInterfaceDecoder.outLabelSinceVersion()) {
            spec.mpls((int) m.outLabel(), (int) m.tunnelKey());
        }
        String wrong = frame.version() >= AddInterfaceDecoder.keepaliveFamilySinceVersion()
                ? KeepaliveMessageFields.take(m, spec.tunnel())
                : null;
        if (wrong != null) {
            return wrong;
        }
        return frame.version() >= AddInterfaceDecoder.espAlgorithmSinceVersion() ? esp(m) : rules.addInterface(spec);
    }

    private @Nullable String esp(AddInterfaceDecoder m) {
        EspAlgorithm algorithm = EspAlgorithm.ofCode(m.espAlgorithmRaw());
        if (algorithm == null || m.espExtended() > 1) {
            return algorithm == null ? "espAlgorithm: must be a known cipher" : "espExtended: must be 0..1";
        }
        return rules.addInterface(spec.esp(algorithm, m.espWindow(), m.espExtended() == 1));
    }

    private @Nullable String removeInterface() {
        if (!frame.hasBlock(RemoveInterfaceDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemoveInterfaceDecoder m =
                removeInterface.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceId(m.interfaceId());
        if (wrong == null) {
            interfaces.onRemoveInterface(m.correlationId(), m.interfaceId());
        }
        return wrong;
    }

    private @Nullable String setInterfaceState() {
        if (!frame.hasBlock(SetInterfaceStateDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        SetInterfaceStateDecoder m =
                setInterfaceState.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceState(m.interfaceId(), m.up());
        if (wrong == null) {
            interfaces.onSetInterfaceState(m.correlationId(), m.interfaceId(), m.up() == 1);
        }
        return wrong;
    }

    private @Nullable String setInterfaceLink() {
        if (!frame.hasBlock(SetInterfaceLinkDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        SetInterfaceLinkDecoder m =
                setInterfaceLink.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceLink(m.interfaceId(), m.mac(), m.mtu());
        if (wrong == null) {
            interfaces.onSetInterfaceLink(m.correlationId(), m.interfaceId(), m.mac(), m.mtu());
        }
        return wrong;
    }

    private @Nullable String addInterfaceMac() {
        if (!frame.hasBlock(AddInterfaceMacDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        AddInterfaceMacDecoder m =
                addInterfaceMac.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceMac(m.interfaceId(), m.mac());
        if (wrong == null) {
            interfaces.onAddInterfaceMac(m.correlationId(), m.interfaceId(), m.mac());
        }
        return wrong;
    }

    private @Nullable String removeInterfaceMac() {
        if (!frame.hasBlock(RemoveInterfaceMacDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemoveInterfaceMacDecoder m =
                removeInterfaceMac.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.interfaceMac(m.interfaceId(), m.mac());
        if (wrong == null) {
            interfaces.onRemoveInterfaceMac(m.correlationId(), m.interfaceId(), m.mac());
        }
        return wrong;
    }
}
