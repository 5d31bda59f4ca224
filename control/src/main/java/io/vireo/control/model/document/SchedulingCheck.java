package io.vireo.control.model.document;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Curve;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Port;
import io.vireo.control.model.Router;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.Vpn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds classes that contradict each other, and guarantees that could not be kept. */
final class SchedulingCheck {
    private final Problems problems;
    private final Origins origins;
    private final Map<String, GuaranteeBudget> guarantees = new HashMap<>();
    private final Map<String, ShareCheck> shares = new LinkedHashMap<>();

    SchedulingCheck(final Problems problems, final Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    void check(final Configuration configuration) {
        for (final Port port : configuration.ports()) {
            final String name = "port " + port.name();
            guarantees.put(port.name(), GuaranteeBudget.ofPort(name, port.rate()));
            final Curve whole = port.rate() == null ? null : new Curve.Straight(port.rate());
            shares.put(port.name(), new ShareCheck(name, whole));
        }
        for (final Vpn vpn : configuration.vpns()) {
            for (final Router router : vpn.routers()) {
                for (final Interface face : router.interfaces()) {
                    checkInterface(vpn.name() + "/" + router.name() + "/" + face.name(), face);
                }
            }
        }
        shares.values().forEach(siblings -> siblings.report(problems));
    }

    private void checkInterface(final String key, final Interface face) {
        final Scheduling scheduling = face.scheduling();
        if (scheduling == null || !(face.attachment() instanceof Interface.Access access)) {
            return;
        }
        final String name = "interface " + key;
        new ClassTreeCheck(problems, origins, name, scheduling).check(face.mtu());
        final GuaranteeBudget budget = guarantees.get(access.port());
        final ShareCheck siblings = shares.get(access.port());
        if (budget == null || siblings == null) {
            return; // a port that is not there has been told of before
        }
        checkGuarantee(name, scheduling, budget);
        if (scheduling.classes().isEmpty()) {
            siblings.addLeaf(name, scheduling.curves(), origins.of(scheduling));
        } else {
            siblings.addInterior(name, scheduling.curves(), origins.of(scheduling));
        }
    }

    private void checkGuarantee(final String name, final Scheduling scheduling, final GuaranteeBudget budget) {
        final Curve guarantee = scheduling.curves().realTime();
        final String refusal = guarantee == null ? null : budget.refusalOf(name, guarantee);
        if (refusal != null) {
            final YamlNode.Mapping mapping = origins.of(scheduling);
            problems.add(mapping, CurveReader.guaranteeField(mapping), refusal);
        }
    }
}
