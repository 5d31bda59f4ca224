package io.vireo.control.cli;

/** An interface name as the user types it. */
final class InterfaceName {

    private InterfaceName() {}

    /** Reads {@code VPN/ROUTER/INTERFACE}, or {@code VPN/INTERFACE} when the VPN has one router here. */
    static String resolve(ControlClient client, String text) {
        String[] parts = text.split("/", -1);
        if (parts.length == 3) {
            return text;
        }
        if (parts.length != 2) {
            throw new CliException(ExitCode.USAGE, "'" + text + "' is not VPN[/ROUTER]/INTERFACE");
        }
        RouterName router = RouterName.resolve(client, parts[0]);
        return router.vpn() + "/" + router.router() + "/" + parts[1];
    }
}
