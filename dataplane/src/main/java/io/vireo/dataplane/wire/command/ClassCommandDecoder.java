package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandDecoder.MALFORMED;

import io.vireo.dataplane.wire.ring.MessageFrame;
import io.vireo.dataplane.wire.ring.TextView;
import io.vireo.dataplane.wire.sbe.AddClassDecoder;
import io.vireo.dataplane.wire.sbe.DumpSchedulingDecoder;
import io.vireo.dataplane.wire.sbe.RemoveClassDecoder;
import io.vireo.dataplane.wire.sbe.SetClassFilterDecoder;
import io.vireo.dataplane.wire.sbe.SetPortRateDecoder;
import io.vireo.dataplane.wire.sbe.SetQuotaDecoder;
import io.vireo.dataplane.wire.value.ClassSpec;
import io.vireo.dataplane.wire.value.FilterChunk;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the commands about classes of the scheduler. Each method returns null when the handler was called, else what
 * is wrong. Part of {@link CommandAdapter}.
 */
final class ClassCommandDecoder {
    private final MessageFrame frame;
    private final ClassRules rules;
    private final ClassCommandHandler classes;
    private final DumpCommandHandler dumps;
    private final SetPortRateDecoder setPortRate = new SetPortRateDecoder();
    private final AddClassDecoder addClass = new AddClassDecoder();
    private final RemoveClassDecoder removeClass = new RemoveClassDecoder();
    private final SetClassFilterDecoder setClassFilter = new SetClassFilterDecoder();
    private final SetQuotaDecoder setQuota = new SetQuotaDecoder();
    private final DumpSchedulingDecoder dumpScheduling = new DumpSchedulingDecoder();
    private final ClassSpec spec = new ClassSpec();
    private final FilterChunk chunk = new FilterChunk();
    private final TextView name = new TextView();

    ClassCommandDecoder(MessageFrame frame, ClassRules rules, CommandHandlers handlers) {
        this.frame = frame;
        this.rules = rules;
        classes = handlers.classes();
        dumps = handlers.dumps();
    }

    /** Puts the decoders in their places. */
    void addTo(CommandDecoders decoders) {
        decoders.put(SetPortRateDecoder.TEMPLATE_ID, this::setPortRate);
        decoders.put(AddClassDecoder.TEMPLATE_ID, this::addClass);
        decoders.put(RemoveClassDecoder.TEMPLATE_ID, this::removeClass);
        decoders.put(SetClassFilterDecoder.TEMPLATE_ID, this::setClassFilter);
        decoders.put(SetQuotaDecoder.TEMPLATE_ID, this::setQuota);
        decoders.put(DumpSchedulingDecoder.TEMPLATE_ID, this::dumpScheduling);
    }

    private @Nullable String setPortRate() {
        if (!frame.hasBlock(SetPortRateDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        SetPortRateDecoder m = setPortRate.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.setPortRate(m.portId(), m.rateBitsPerSecond(), m.overheadBytes());
        if (wrong == null) {
            classes.onSetPortRate(m.correlationId(), m.portId(), m.rateBitsPerSecond(), m.overheadBytes());
        }
        return wrong;
    }

    private @Nullable String addClass() {
        if (!frame.hasBlock(AddClassDecoder.BLOCK_LENGTH) || !frame.hasBytes()) {
            return MALFORMED;
        }
        AddClassDecoder m = addClass.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        m.wrapName(name.bytes());
        CharSequence className = name.text();
        spec.realTime(m.realTimeFirstRate(), m.realTimeSpanNs(), m.realTimeSecondRate())
                .linkShare(m.linkShareFirstRate(), m.linkShareSpanNs(), m.linkShareSecondRate())
                .upperLimit(m.upperLimitFirstRate(), m.upperLimitSpanNs(), m.upperLimitSecondRate())
                .queue(m.queuePackets(), m.queueBytes())
                .quota(m.quotaId())
                .codel(m.codelTargetNs(), m.codelIntervalNs());
        String wrong = rules.addClass(m.classId(), m.parentClassId(), m.portId(), m.interfaceId(), spec, className);
        if (wrong == null) {
            classes.onAddClass(
                    m.correlationId(), m.classId(), m.parentClassId(), m.portId(), m.interfaceId(), spec, className);
        }
        return wrong;
    }

    private @Nullable String removeClass() {
        if (!frame.hasBlock(RemoveClassDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        RemoveClassDecoder m = removeClass.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.classId(m.classId());
        if (wrong == null) {
            classes.onRemoveClass(m.correlationId(), m.classId());
        }
        return wrong;
    }

    private @Nullable String setClassFilter() {
        if (!frame.hasBlock(SetClassFilterDecoder.BLOCK_LENGTH)
                || !frame.hasGroup(SetClassFilterDecoder.ImageDecoder.sbeBlockLength(), FilterChunk.MAX)) {
            return MALFORMED;
        }
        SetClassFilterDecoder m =
                setClassFilter.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        readChunk(m);
        String wrong =
                rules.setClassFilter(m.interfaceId(), m.defaultClassId(), m.totalLongs(), m.firstLong(), chunk.size());
        if (wrong == null) {
            classes.onSetClassFilter(
                    m.correlationId(), m.interfaceId(), m.defaultClassId(), m.totalLongs(), m.firstLong(), chunk);
        }
        return wrong;
    }

    private void readChunk(SetClassFilterDecoder m) {
        chunk.clear();
        for (SetClassFilterDecoder.ImageDecoder words = m.image(); words.hasNext(); ) {
            chunk.add(words.next().word());
        }
    }

    private @Nullable String setQuota() {
        if (!frame.hasBlock(SetQuotaDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        SetQuotaDecoder m = setQuota.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.setQuota(m.quotaId(), m.packets(), m.bytes());
        if (wrong == null) {
            classes.onSetQuota(m.correlationId(), m.quotaId(), m.packets(), m.bytes());
        }
        return wrong;
    }

    private @Nullable String dumpScheduling() {
        if (!frame.hasBlock(DumpSchedulingDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        DumpSchedulingDecoder m =
                dumpScheduling.wrap(frame.buffer(), frame.body(), frame.blockLength(), frame.version());
        dumps.onDumpScheduling(m.correlationId());
        return null;
    }
}
