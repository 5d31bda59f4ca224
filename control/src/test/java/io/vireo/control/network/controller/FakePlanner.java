package io.vireo.control.network.controller;

import io.vireo.control.http.Json;
import io.vireo.control.model.InvalidConfigurationException;
import io.vireo.control.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A planner of documents of one kind: {@code {"vpns": [{"name": V, "megabits": N}]}}, each VPN with a virtual link between nodes
 * n1 and n2, over the first of the
 * substrate links {@code direct} and {@code detour} (100 Mbit/s each) that is up and has room.
 */
public final class FakePlanner implements PartPlanner {
    private static final long MEGABIT = 1_000_000;
    private static final long RESERVABLE = 100;
    private static final List<String> SUBSTRATE = List.of("direct", "detour");

    private record Document(List<Vpn> vpns) {}

    private record Vpn(String name, long megabits) {}

    @Override
    public PlannedNetwork plan(String document, String allocations, Set<String> downLinks)
            throws InvalidConfigurationException {
        Map<String, Long> sold = new LinkedHashMap<>();
        SUBSTRATE.forEach(link -> sold.put(link, 0L));
        List<VirtualLinkPath> links = new ArrayList<>();
        StringBuilder part = new StringBuilder("# ");
        for (Vpn vpn : Json.MAPPER.readValue(document, Document.class).vpns()) {
            String path = SUBSTRATE.stream()
                    .filter(link ->
                            !downLinks.contains(link) && sold.getOrDefault(link, 0L) + vpn.megabits() <= RESERVABLE)
                    .findFirst()
                    .orElseThrow(() -> new InvalidConfigurationException(List.of(Problem.at(
                            "vpns[" + vpn.name() + "].links[west]",
                            vpn.megabits() + " Mbit/s do not fit: left " + sold))));
            sold.merge(path, vpn.megabits(), Long::sum);
            links.add(new VirtualLinkPath(
                    vpn.name(),
                    "west",
                    new VirtualLinkPath.LinkEnd("n1", vpn.name() + "/r1/west"),
                    new VirtualLinkPath.LinkEnd("n2", vpn.name() + "/r2/west"),
                    vpn.megabits() * MEGABIT,
                    List.of(path)));
            part.append(vpn.name()).append(':').append(path).append(' ');
        }
        part.append("\nvpns: []\n");
        return new PlannedNetwork(
                Map.of("n1", "unix:n1", "n2", "unix:n2"),
                Map.of("n1", part.toString(), "n2", part.toString()),
                "",
                links,
                List.of(),
                SUBSTRATE.stream()
                        .flatMap(link -> List.of(load(link, "n1", "n2", sold), load(link, "n2", "n1", sold)).stream())
                        .map(load -> downLinks.contains(load.link()) ? down(load) : load)
                        .toList());
    }

    private static SubstrateLoad load(String link, String from, String to, Map<String, Long> sold) {
        return new SubstrateLoad(
                link, from, link, to, RESERVABLE * MEGABIT, sold.getOrDefault(link, 0L) * MEGABIT, 1, true);
    }

    private static SubstrateLoad down(SubstrateLoad load) {
        return new SubstrateLoad(load.link(), load.from(), load.port(), load.to(), 0, 0, 0, false);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, Object> tree(String document) {
        return Json.MAPPER.readValue(document, Map.class);
    }
}
