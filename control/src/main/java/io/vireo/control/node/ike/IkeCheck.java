package io.vireo.control.node.ike;

import io.vireo.control.model.Attachment;
import io.vireo.control.model.Configuration;
import io.vireo.control.model.Encapsulation.Esp;
import io.vireo.control.model.Problem;
import io.vireo.control.model.Router;
import io.vireo.control.model.Vpn;
import java.util.ArrayList;
import java.util.List;

/** Finds tunnels whose keys cannot be negotiated because this machine has no strongSwan. */
public final class IkeCheck {
    private final List<String> missingPackages;

    IkeCheck(List<String> missingPackages) {
        this.missingPackages = missingPackages;
    }

    /** With what is installed now. */
    public static IkeCheck ofThisMachine() {
        return new IkeCheck(CharonProcess.missingPackages());
    }

    public List<Problem> check(Configuration configuration) {
        List<Problem> problems = new ArrayList<>();
        if (missingPackages.isEmpty()) {
            return problems;
        }
        String packages = String.join(" ", missingPackages);
        for (int i = 0; i < configuration.vpns().size(); i++) {
            Vpn vpn = configuration.vpns().get(i);
            for (int j = 0; j < vpn.routers().size(); j++) {
                Router router = vpn.routers().get(j);
                for (int k = 0; k < router.interfaces().size(); k++) {
                    if (isNegotiated(router.interfaces().get(k).attachment())) {
                        problems.add(Problem.at(
                                "vpns[" + i + "].routers[" + j + "].interfaces[" + k + "].encapsulation.esp.ike",
                                "of tunnel " + vpn.name() + "/" + router.name() + "/"
                                        + router.interfaces().get(k).name()
                                        + " needs strongSwan, of which is missing: apt-get install " + packages));
                    }
                }
            }
        }
        return problems;
    }

    private static boolean isNegotiated(Attachment attachment) {
        return attachment instanceof Attachment.Tunnel tunnel
                && tunnel.encapsulation() instanceof Esp esp
                && esp.ike() != null;
    }
}
