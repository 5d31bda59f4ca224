package io.vireo.control.model.document;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Curve;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Port;
import io.vireo.control.model.Router;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.Vpn;
import io.vireo.control.model.document.yaml.Origins;
import io.vireo.control.model.document.yaml.Problems;
import io.vireo.control.model.document.yaml.YamlNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds classes that contradict each other, and guarantees that could not be kept. */
final class SchedulingCheck {
    private final Problems problems;
    private final Origins origins;
    private final Map<String, GuaranteeBudget> guarantees = new HashMap<>();
    private final Map<String, ShareCheck> shares = new LinkedHashMap<>();

    SchedulingCheck(Problems problems, Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    void check(Configuration configuration) {
        for (Port port : configuration.ports()) {
            String name = "port " + port.name();
            guarantees.put(port.name(), GuaranteeBudget.ofPort(name, port.rate()));
            Curve whole = port.rate() == null ? null : new Curve.Straight(port.rate());
            shares.put(port.name(), new ShareCheck(name, whole));
        }
        for (Vpn vpn : configuration.vpns()) {
            for (Router router : vpn.routers()) {
                for (Interface face : router.interfaces()) {
                    checkInterface(vpn.name() + "/" + router.name() + "/" + face.name(), face);
                }
            }
        }
        shares.values().forEach(siblings -> siblings.report(problems));
    }

    private void checkInterface(String key, Interface face) {
        Scheduling scheduling = face.scheduling();
        String port = face.attachment().port();
        if (scheduling == null || port == null) {
            return;
        }
        String name = "interface " + key;
        new ClassTreeCheck(problems, origins, name, scheduling).check(face.mtu());
        GuaranteeBudget budget = guarantees.get(port);
        ShareCheck siblings = shares.get(port);
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

    private void checkGuarantee(String name, Scheduling scheduling, GuaranteeBudget budget) {
        Curve guarantee = scheduling.curves().realTime();
        String refusal = guarantee == null ? null : budget.refusalOf(name, guarantee);
        if (refusal != null) {
            YamlNode.Mapping mapping = origins.of(scheduling);
            problems.add(mapping, CurveReader.guaranteeField(mapping), refusal);
        }
    }
}
