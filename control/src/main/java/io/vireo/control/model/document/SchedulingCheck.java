package io.vireo.control.model.document;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Curve;
import io.vireo.control.model.Interface;
import io.vireo.control.model.Port;
import io.vireo.control.model.Router;
import io.vireo.control.model.Scheduling;
import io.vireo.control.model.Vpn;
import java.util.HashMap;
import java.util.Map;

/** Finds classes that contradict each other, and guarantees that could not be kept. */
final class SchedulingCheck {
    private final Problems problems;
    private final Origins origins;

    SchedulingCheck(final Problems problems, final Origins origins) {
        this.problems = problems;
        this.origins = origins;
    }

    void check(final Configuration configuration) {
        final Map<String, GuaranteeBudget> ports = new HashMap<>();
        for (final Port port : configuration.ports()) {
            ports.put(port.name(), GuaranteeBudget.ofPort("port " + port.name(), port.rate()));
        }
        for (final Vpn vpn : configuration.vpns()) {
            for (final Router router : vpn.routers()) {
                for (final Interface face : router.interfaces()) {
                    checkInterface(vpn.name() + "/" + router.name() + "/" + face.name(), face, ports);
                }
            }
        }
    }

    private void checkInterface(final String key, final Interface face, final Map<String, GuaranteeBudget> ports) {
        final Scheduling scheduling = face.scheduling();
        if (scheduling == null || !(face.attachment() instanceof Interface.Access access)) {
            return;
        }
        new ClassTreeCheck(problems, origins, "interface " + key, scheduling).check(face.mtu());
        final Curve guarantee = scheduling.curves().realTime();
        final GuaranteeBudget port = ports.get(access.port()); // a port that is not there has been told of before
        final String refusal = guarantee == null || port == null ? null : port.refusalOf("interface " + key, guarantee);
        if (refusal != null) {
            final YamlNode.Mapping mapping = origins.of(scheduling);
            problems.add(mapping, CurveReader.guaranteeField(mapping), refusal);
        }
    }
}
