package io.vireo.control.node.host;

import io.vireo.control.linux.Descriptor;
import io.vireo.control.linux.netlink.LinkMessage;
import io.vireo.control.linux.netlink.Rtnetlink;
import io.vireo.control.linux.netlink.RtnetlinkHandler;
import io.vireo.control.linux.netlink.RtnetlinkMonitor;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The network devices of the host, as its kernel reports them: {@code rtnetlink(7)}, group {@code RTNLGRP_LINK}. A device that was
 * deleted, or moved to another namespace, and one of the same name that comes later are two, even if the kernel gives both the
 * same index. One thread at a time.
 */
public final class HostLinks implements RtnetlinkHandler, AutoCloseable {
    private static final String HOST = "the host";
    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final int POLL_LIMIT = 512;

    private final RtnetlinkMonitor monitor;
    private final Rtnetlink netlink;
    private final Map<Integer, HostLink> byIndex = new HashMap<>();
    private final Map<String, HostLink> byName = new HashMap<>();
    private long lastLife;
    private boolean isOverrun;
    private boolean hasChanged;

    /**
     * A device while it is there.
     *
     * @param life distinguishes it from others of the same name or index
     * @param link as last reported
     */
    public record HostLink(long life, LinkMessage link) {}

    private HostLinks(RtnetlinkMonitor monitor, Rtnetlink netlink) {
        this.monitor = monitor;
        this.netlink = netlink;
    }

    /** Begins to follow the devices of the calling thread's namespace. */
    public static HostLinks open() {
        RtnetlinkMonitor monitor =
                RtnetlinkMonitor.openLinks(HOST, RECEIVE_BUFFER_BYTES, new RtnetlinkMonitor.Buffer());
        try {
            HostLinks links = new HostLinks(monitor, Rtnetlink.open(HOST));
            links.resynchronise();
            return links;
        } catch (RuntimeException e) {
            monitor.close();
            throw e;
        }
    }

    /** Readable when there is something to {@link #poll}. */
    public Descriptor descriptor() {
        return monitor.descriptor();
    }

    /** The device of that name, or null. */
    @Nullable
    public HostLink find(String name) {
        return byName.get(name);
    }

    /** Takes in what the kernel has reported so far; returns whether any device has come, gone or changed. */
    public boolean poll() {
        hasChanged = false;
        int count = POLL_LIMIT;
        while (count == POLL_LIMIT) {
            count = monitor.poll(this, POLL_LIMIT);
        }
        if (isOverrun) {
            resynchronise();
        }
        return hasChanged;
    }

    /**
     * Asks the kernel for a device by name: it delays what it reports of a carrier by up to a second when several change
     * ({@code net/core/link_watch.c}), and answers at once when asked. Returns whether it had changed.
     */
    public boolean refresh(String name) {
        hasChanged = false;
        LinkMessage known = byName.containsKey(name) ? byName.get(name).link() : null;
        LinkMessage now = netlink.link(name).orElse(null);
        if (now != null) {
            onLink(now);
        } else if (known != null) {
            onLinkRemoved(known);
        }
        return hasChanged;
    }

    @Override
    public void onLink(LinkMessage link) {
        HostLink before = byIndex.get(link.ifindex());
        if (before != null && before.link().equals(link)) {
            return;
        }
        if (before != null) {
            byName.remove(before.link().name(), before); // it may have another name now
        }
        HostLink after = new HostLink(before == null ? ++lastLife : before.life(), link);
        byIndex.put(link.ifindex(), after);
        byName.put(link.name(), after);
        hasChanged = true;
    }

    @Override
    public void onLinkRemoved(LinkMessage link) {
        HostLink before = byIndex.remove(link.ifindex());
        if (before != null) {
            byName.remove(before.link().name(), before);
            hasChanged = true;
        }
    }

    @Override
    public void onOverrun() {
        isOverrun = true;
    }

    @Override
    public void close() {
        monitor.close();
        netlink.close();
    }

    private void resynchronise() {
        isOverrun = false;
        Map<Integer, HostLink> gone = new HashMap<>(byIndex);
        for (LinkMessage link : netlink.links()) {
            onLink(link);
            gone.remove(link.ifindex());
        }
        for (HostLink link : gone.values()) {
            onLinkRemoved(link.link());
        }
    }
}
