package io.vireo.control.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vireo show classes}. */
@Command(
        name = "classes",
        description = {
            "The scheduling trees: what each class is guaranteed and what it sent during the interval.",
            "Rates are bit/s on the wire, with the port's overhead per frame; INITIAL is the first slope of a guarantee"
                    + " of two; BORROWED is what was sent beyond the guarantee; P50 to MAX is the queueing delay."
        })
final class ShowClassesCommand extends RatesCommand {
    @Parameters(
            index = "0",
            arity = "0..1",
            description = "The interface; all when left out.",
            paramLabel = "VPN[/ROUTER]/INTERFACE")
    private @Nullable String interfaceName;

    @Override
    LiveView view(ControlClient client) {
        return new ClassView(interfaceName == null ? null : InterfaceName.resolve(client, interfaceName));
    }
}
