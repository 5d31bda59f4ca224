package io.vireo.control.cli;

import tools.jackson.databind.JsonNode;

/**
 * A virtual router's name as the user types it.
 *
 * @param vpn    name of the VPN.
 * @param router name of the router.
 */
record RouterName(String vpn, String router) {

    /** Reads {@code VPN/ROUTER}, or {@code VPN} when it has one router here. */
    static RouterName resolve(ControlClient client, String text) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            return new RouterName(checked(text.substring(0, slash)), checked(text.substring(slash + 1)));
        }
        JsonNode routers = client.get("/v1/vpns/" + checked(text)).path("routers");
        if (routers.size() != 1) {
            throw new CliException(
                    ExitCode.USAGE,
                    "VPN " + text + " has " + routers.size() + " routers here: say which, as " + text
                            + "/ROUTER; there are "
                            + routers.valueStream().map(JsonNode::asString).toList());
        }
        return new RouterName(text, routers.path(0).asString());
    }

    /** Path of the router in the API. */
    String apiPath() {
        return "/v1/vpns/" + vpn + "/routers/" + router;
    }

    private static String checked(String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_.-]*")) {
            throw new CliException(ExitCode.USAGE, "'" + name + "' is not a name");
        }
        return name;
    }
}
