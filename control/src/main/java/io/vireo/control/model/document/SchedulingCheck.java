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
import org.jspecify.annotations.Nullable;

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
        for (Vpn vpn : configuration.networks()) {
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
        if (scheduling == null) {
            return;
        }
        String port = portOf(face, scheduling);
        if (port == null) {
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

    /** The port whose class the interface has; null when that is not said as it must be. */
    private @Nullable String portOf(Interface owner, Scheduling scheduling) {
        String own = owner.attachment().port();
        String named = scheduling.port();
        if (own != null && named != null) {
            problems.add(origins.of(scheduling), "port", "is for tunnels: the interface is on port " + own);
        } else if (own == null && named == null) {
            problems.add(
                    origins.of(scheduling),
                    "port",
                    "is required: by which port do the packets leave that it promises for");
        } else if (named != null && !guarantees.containsKey(named)) {
            problems.add(origins.of(scheduling), "port", "is not a port of this node");
        } else {
            return own == null ? named : own;
        }
        return null;
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
