package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandDecoder.MALFORMED;

import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.sbe.AddLabelDecoder;
import io.vireo.dataplane.wire.sbe.DumpLabelsDecoder;
import io.vireo.dataplane.wire.sbe.RemoveLabelDecoder;
import io.vireo.dataplane.wire.value.LabelSpec;
import io.vireo.dataplane.wire.value.NextHops;
import org.jspecify.annotations.Nullable;

/** Decodes the commands about labels. Part of {@link CommandAdapter}. */
final class LabelCommandDecoder {
    private static final String GAP = "outLabels: -1 only behind the last";

    private final MessageFrame frame;
    private final LabelRules rules;
    private final LabelCommandHandler labels;
    private final DumpCommandHandler dumps;
    private final AddLabelDecoder addLabel = new AddLabelDecoder();
    private final RemoveLabelDecoder removeLabel = new RemoveLabelDecoder();
    private final DumpLabelsDecoder dumpLabels = new DumpLabelsDecoder();
    private final LabelSpec spec = new LabelSpec();
    private final NextHops nextHops = new NextHops();
    private boolean isEnded;
    private boolean hasGap;

    LabelCommandDecoder(MessageFrame frame, LabelRules rules, CommandHandlers handlers) {
        this.frame = frame;
        this.rules = rules;
        labels = handlers.labels();
        dumps = handlers.dumps();
    }

    /** Puts the decoders in their places. */
    void addTo(CommandDecoders decoders) {
        decoders.put(AddLabelDecoder.TEMPLATE_ID, this::addLabel);
        decoders.put(RemoveLabelDecoder.TEMPLATE_ID, this::removeLabel);
        decoders.put(DumpLabelsDecoder.TEMPLATE_ID, this::dumpLabels);
    }

    private @Nullable String addLabel() {
        if (!frame.hasBlock(AddLabelDecoder.BLOCK_LENGTH)
                || !frame.hasGroup(AddLabelDecoder.NextHopsDecoder.sbeBlockLength(), NextHops.MAX)) {
            return MALFORMED;
        }
        AddLabelDecoder m = addLabel.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        spec.of(m.routerId(), (int) m.label()).uniform(m.uniform() == 1);
        addOutLabels(m);
        NextHops hops = nextHops.clear();
        int receiver = m.receiverInterfaceId();
        for (AddLabelDecoder.NextHopsDecoder hop = m.nextHops(); hop.hasNext(); ) {
            hop.next();
            hops.add(hop.interfaceId(), hop.gatewayHigh(), hop.gatewayLow(), hop.weight());
        }
        if (hops.size() == 0) {
            spec.local(receiver);
        }
        String wrong = CommandRules.first(rules.uniform(m.uniform()), rules.add(spec, hops), hasGap ? GAP : null);
        if (wrong == null && hops.size() > 0 && receiver != LabelSpec.NO_INTERFACE) {
            wrong = "receiverInterfaceId: must be -1 where there are next hops";
        }
        if (wrong == null) {
            labels.onAddLabel(m.correlationId(), spec, hops);
        }
        return wrong;
    }

    private void addOutLabels(AddLabelDecoder m) {
        isEnded = false;
        hasGap = false;
        add(m.outLabel1());
        add(m.outLabel2());
        add(m.outLabel3());
        add(m.outLabel4());
        add(m.outLabel5());
        add(m.outLabel6());
        add(m.outLabel7());
        add(m.outLabel8());
    }

    private void add(int outLabel) {
        if (outLabel == LabelSpec.NO_LABEL) {
            isEnded = true;
        } else {
            hasGap |= isEnded;
            spec.push(outLabel);
        }
    }

    private @Nullable String removeLabel() {
        if (!frame.hasBlock(RemoveLabelDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemoveLabelDecoder m = removeLabel.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.label(m.routerId(), (int) m.label());
        if (wrong == null) {
            labels.onRemoveLabel(m.correlationId(), m.routerId(), (int) m.label());
        }
        return wrong;
    }

    private @Nullable String dumpLabels() {
        if (!frame.hasBlock(DumpLabelsDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        DumpLabelsDecoder m = dumpLabels.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        dumps.onDumpLabels(m.correlationId());
        return null;
    }
}
