package io.vireo.control.model.document;

import io.vireo.control.model.ClassMatch;
import io.vireo.control.model.IpProtocol;
import io.vireo.control.model.Members;
import io.vireo.control.model.document.yaml.Fields;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.Scalars;
import io.vireo.control.model.document.yaml.YamlNode;
import io.vireo.dataplane.membership.policy.MemberList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads which packets of an access interface are of which VPN. */
final class MembersReader {
    private final Problems problems;
    private final Origins origins;

    MembersReader(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    @Nullable
    Members read(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        List<Members.Tuple> tuples = fields.list("tuples", this::readTuple);
        List<String> allow = fields.scalars("allow", Scalars::name);
        String otherwise = fields.optional("otherwise", Members.OWN, Scalars::name);
        if (tuples.size() > MemberList.MAX_TUPLES) {
            fields.problem(
                    "tuples", "has " + tuples.size() + " tuples; an interface has at most " + MemberList.MAX_TUPLES);
        }
        if (allow.size() > MemberList.MAX_ALLOWED) {
            fields.problem(
                    "allow", "has " + allow.size() + " VPNs; an interface has at most " + MemberList.MAX_ALLOWED);
        }
        return fields.finish() ? origins.put(new Members(tuples, allow, otherwise), fields.mapping()) : null;
    }

    private Members.@Nullable Tuple readTuple(YamlNode node) {
        Fields fields = Fields.of(node, problems);
        if (fields == null) {
            return null;
        }
        String vpn = fields.required("vpn", Scalars::name);
        ClassMatch packets = SchedulingReader.readPackets(fields, null);
        checkPorts(fields, packets.protocol());
        if (!fields.finish() || vpn == null) {
            return null;
        }
        return origins.put(new Members.Tuple(vpn, packets), fields.mapping());
    }

    /** A protocol that was given wrongly is reported already. */
    private static void checkPorts(Fields fields, @Nullable IpProtocol protocol) {
        for (String field : List.of("sourcePorts", "destinationPorts")) {
            if (protocol == null && fields.has(field) && !fields.has("protocol")) {
                fields.problem(field, "needs a protocol that has ports, such as tcp");
            }
        }
    }
}
