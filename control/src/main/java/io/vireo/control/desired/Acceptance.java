package io.vireo.control.desired;

import io.vireo.control.model.Configuration;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import io.vireo.control.view.ApplyRefusedException;
import io.vireo.control.view.ApplyReport;
import io.vireo.control.view.Node;
import java.util.List;

/** What this node has against a configuration that is right in itself. Any thread may check; changes wait for each other. */
final class Acceptance {
    private final String nodeName;
    private final Node node;

    Acceptance(String nodeName, Node node) {
        this.nodeName = nodeName;
        this.node = node;
    }

    /**
     * Returns the configuration, which nothing in it keeps from being applied as far as can be known before.
     *
     * @throws InvalidConfigurationException with all that is against it.
     */
    Configuration check(Configuration wanted) throws InvalidConfigurationException {
        if (wanted.node() != null && !wanted.node().equals(nodeName)) {
            throw new InvalidConfigurationException(
                    List.of(new Problem("node", wanted.node(), "is not this node, whose name is " + nodeName, 0, 0)));
        }
        List<Problem> problems = node.check(wanted);
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return wanted;
    }

    /**
     * Applies a configuration.
     *
     * @throws InvalidConfigurationException with why the node refused it; then it is as before.
     */
    ApplyReport apply(Configuration wanted) throws InvalidConfigurationException {
        try {
            return node.apply(wanted);
        } catch (ApplyRefusedException e) {
            throw new InvalidConfigurationException(e.problems());
        }
    }
}
