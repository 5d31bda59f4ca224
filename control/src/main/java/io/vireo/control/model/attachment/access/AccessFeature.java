package io.vireo.control.model.attachment.access;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Limits;
import io.vireo.control.model.Port;
import io.vireo.control.model.RouterPath;
import io.vireo.control.model.attachment.feature.AttachmentFeature;
import io.vireo.control.model.attachment.feature.InterfaceChecks;
import io.vireo.control.model.attachment.feature.Numbers;
import io.vireo.control.model.document.yaml.Tree;
import io.vireo.dataplane.wire.value.InterfaceSpec;

/** An interface on a port, or on one VLAN of it. */
public record AccessFeature(Attachment.Access access) implements AttachmentFeature {

    @Override
    public int defaultMtu() {
        return Limits.DEFAULT_MTU;
    }

    @Override
    public void write(Tree tree) {
        tree.put(AccessReader.PORT, access.port()).putUnless(AccessReader.VLAN, access.vlan(), 0);
    }

    @Override
    public void checkUnique(RouterPath router, Interface owner, InterfaceChecks checks) {
        String field = access.vlan() == 0 ? AccessReader.PORT : AccessReader.VLAN;
        String what = access.vlan() == 0 ? "untagged frames" : "VLAN " + access.vlan();
        checks.once(access, owner, field, what + " of port " + access.port() + " overlaps another interface");
    }

    @Override
    public void checkReferences(RouterPath router, Interface owner, InterfaceChecks checks) {
        Port port = checks.port(access.port());
        if (port == null) {
            checks.problem(owner, AccessReader.PORT, "is not a port of this node");
        } else if (owner.mtu() > port.mtu()) {
            checks.problem(owner, "mtu", "is above the " + port.mtu() + " of port " + port.name());
        }
    }

    @Override
    public void program(InterfaceSpec spec, RouterPath router, Numbers numbers) {
        spec.access(numbers.portId(access.port()), access.vlan());
    }

    @Override
    public String describe() {
        return access.vlan() == 0 ? access.port() : access.port() + "." + access.vlan();
    }
}
