package io.vireo.control.model.document;

import io.vireo.control.model.AdminState;
import io.vireo.control.model.Attachment;
import io.vireo.control.model.Crossing;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.Substrate;
import io.vireo.control.model.attachment.substrate.CrossingFeature;
import io.vireo.control.model.attachment.substrate.VirtualLinkReader;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code {name: N, mtu: M, a: {link: L, id: I, scheduling: …}, b: …}}: a virtual link that only crosses the node. */
final class CrossingReader {
    static final String NAME = "name";
    static final String MTU = "mtu";
    static final String A = "a";
    static final String B = "b";
    static final String SCHEDULING = "scheduling";

    private final Problems problems;
    private final Origins origins;
    private final SchedulingReader schedulingReader;
    private final VirtualLinkReader links;

    /** @param substrate what its ends may refer to. */
    CrossingReader(Problems problems, Origins origins, SchedulingReader schedulingReader, Substrate substrate) {
        this.problems = problems;
        this.origins = origins;
        this.schedulingReader = schedulingReader;
        links = new VirtualLinkReader(substrate);
    }

    private record End(
            Attachment.VirtualLink link, @Nullable Scheduling scheduling) {}

    @Nullable
    Crossing read(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.required(NAME, CrossingReader::name);
        End a = fields.requiredNode(A, this::readEnd);
        End b = fields.requiredNode(B, this::readEnd);
        Integer mtu = fields.optional(MTU, Scalars.integer(Limits.MIN_MTU, Limits.MAX_MTU));
        if (!fields.finish() || name == null || a == null || b == null) {
            return null;
        }
        Interface first = end(name, A, a, B, mtu, fields);
        Interface second = end(name, B, b, A, mtu, fields);
        return origins.put(new Crossing(name, first, second), fields.mapping());
    }

    private static String name(String text) {
        if (text.length() > Crossing.MAX_NAME_LENGTH) {
            throw new IllegalArgumentException(
                    "'" + text + "' is longer than " + Crossing.MAX_NAME_LENGTH + " characters");
        }
        return Scalars.name(text);
    }

    private @Nullable End readEnd(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        Attachment.VirtualLink link = links.take(fields);
        Scheduling scheduling = fields.optionalNode(SCHEDULING, schedulingReader::read);
        return fields.finish() && link != null ? new End(origins.put(link, fields.mapping()), scheduling) : null;
    }

    /** What is said of the whole stands in the crossing's mapping, what is said of an end in its own. */
    private Interface end(String name, String own, End end, String other, @Nullable Integer mtu, Fields fields) {
        Attachment.Crossing attachment = new Attachment.Crossing(end.link(), Crossing.endName(name, other));
        Interface attached = new Interface(
                Crossing.endName(name, own),
                attachment,
                mtu == null ? new CrossingFeature(attachment).defaultMtu() : mtu,
                false,
                null,
                List.of(),
                AdminState.UP,
                end.scheduling(),
                null,
                null);
        return origins.put(attached, fields.mapping());
    }
}
