package io.vireo.control.model.document;

import io.vireo.control.model.Members;
import io.vireo.control.model.document.yaml.Tree;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes members in their canonical form; see {@link ConfigurationWriter}. */
final class MembersWriter {
    private MembersWriter() {}

    static @Nullable Map<String, Object> members(@Nullable Members members) {
        if (members == null) {
            return null;
        }
        return new Tree()
                .putAll(
                        "tuples",
                        members.tuples().stream().map(MembersWriter::tuple).toList())
                .putAll("allow", members.allow())
                .putUnless("otherwise", members.otherwise(), Members.OWN)
                .fields();
    }

    private static Map<String, Object> tuple(Members.Tuple tuple) {
        Tree tree = new Tree().put("vpn", tuple.vpn());
        tree.fields().putAll(SchedulingWriter.match(tuple.packets()));
        return tree.fields();
    }
}
