package io.vireo.control.node.reconcile;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.Problem;
import io.vireo.control.model.Router;
import io.vireo.control.model.Vpn;
import io.vireo.control.node.namespace.NamespaceTakenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** Finds routers whose network namespace would be another node's. */
final class NamespaceCheck {
    private final Map<String, String> taken;
    private final BinaryOperator<String> namespaceOf;

    /**
     * @param taken       namespaces of other nodes, each with its node's name
     * @param namespaceOf the name of a namespace, by VPN and router
     */
    NamespaceCheck(Map<String, String> taken, BinaryOperator<String> namespaceOf) {
        this.taken = taken;
        this.namespaceOf = namespaceOf;
    }

    List<Problem> check(Configuration configuration) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < configuration.vpns().size(); i++) {
            Vpn vpn = configuration.vpns().get(i);
            for (int j = 0; j < vpn.routers().size(); j++) {
                Router router = vpn.routers().get(j);
                String name = namespaceOf.apply(vpn.name(), router.name());
                String owner = taken.get(name);
                if (owner != null) {
                    problems.add(Problem.at(
                            "vpns[" + i + "].routers[" + j + "].name", NamespaceTakenException.describe(name, owner)));
                }
            }
        }
        return problems;
    }
}
