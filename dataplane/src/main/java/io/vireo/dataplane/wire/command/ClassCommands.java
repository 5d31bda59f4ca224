package io.vireo.dataplane.wire.command;

import static io.vireo.dataplane.wire.command.CommandAdapter.MALFORMED;

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
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the commands about classes of the scheduler. Each method returns null when the handler was called, else what
 * is wrong. Part of {@link CommandAdapter}.
 */
final class ClassCommands {
    private final MessageFrame frame;
    private final ClassRules rules;
    private final CommandHandler handler;
    private final SetPortRateDecoder setPortRate = new SetPortRateDecoder();
    private final AddClassDecoder addClass = new AddClassDecoder();
    private final RemoveClassDecoder removeClass = new RemoveClassDecoder();
    private final SetClassFilterDecoder setClassFilter = new SetClassFilterDecoder();
    private final SetQuotaDecoder setQuota = new SetQuotaDecoder();
    private final DumpSchedulingDecoder dumpScheduling = new DumpSchedulingDecoder();
    private final ClassSpec spec = new ClassSpec();
    private final FilterChunk chunk = new FilterChunk();
    private final TextView name = new TextView();

    ClassCommands(MessageFrame frame, ClassRules rules, CommandHandler handler) {
        this.frame = frame;
        this.rules = rules;
        this.handler = handler;
    }

    @Nullable
    String setPortRate(DirectBuffer buffer) {
        SetPortRateDecoder m = setPortRate;
        if (!frame.hasBlock(SetPortRateDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.setPortRate(m.portId(), m.rateBitsPerSecond(), m.overheadBytes());
        if (wrong == null) {
            handler.onSetPortRate(m.correlationId(), m.portId(), m.rateBitsPerSecond(), m.overheadBytes());
        }
        return wrong;
    }

    @Nullable
    String addClass(DirectBuffer buffer) {
        AddClassDecoder m = addClass;
        if (!frame.hasBlock(AddClassDecoder.BLOCK_LENGTH) || !frame.hasBytes()) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
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
            handler.onAddClass(
                    m.correlationId(), m.classId(), m.parentClassId(), m.portId(), m.interfaceId(), spec, className);
        }
        return wrong;
    }

    @Nullable
    String removeClass(DirectBuffer buffer) {
        RemoveClassDecoder m = removeClass;
        if (!frame.hasBlock(RemoveClassDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.classId(m.classId());
        if (wrong == null) {
            handler.onRemoveClass(m.correlationId(), m.classId());
        }
        return wrong;
    }

    @Nullable
    String setClassFilter(DirectBuffer buffer) {
        SetClassFilterDecoder m = setClassFilter;
        if (!frame.hasBlock(SetClassFilterDecoder.BLOCK_LENGTH)
                || !frame.hasGroup(SetClassFilterDecoder.ImageDecoder.sbeBlockLength(), FilterChunk.MAX)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        readChunk(m);
        String wrong =
                rules.setClassFilter(m.interfaceId(), m.defaultClassId(), m.totalLongs(), m.firstLong(), chunk.size());
        if (wrong == null) {
            handler.onSetClassFilter(
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

    @Nullable
    String setQuota(DirectBuffer buffer) {
        SetQuotaDecoder m = setQuota;
        if (!frame.hasBlock(SetQuotaDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        String wrong = rules.setQuota(m.quotaId(), m.packets(), m.bytes());
        if (wrong == null) {
            handler.onSetQuota(m.correlationId(), m.quotaId(), m.packets(), m.bytes());
        }
        return wrong;
    }

    @Nullable
    String dumpScheduling(DirectBuffer buffer) {
        DumpSchedulingDecoder m = dumpScheduling;
        if (!frame.hasBlock(DumpSchedulingDecoder.BLOCK_LENGTH)) {
            return MALFORMED;
        }
        m.wrap(buffer, frame.body(), frame.blockLength(), frame.version());
        handler.onDumpScheduling(m.correlationId());
        return null;
    }
}
