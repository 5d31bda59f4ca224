package io.vireo.control.view;

/**
 * An active alarm: something that the data plane refuses, or leaves to Linux because it cannot do it, as long as it does.
 *
 * @param subject a virtual router or an interface by its path; "class", "filter", "quota" or "rate of port" and a name;
 *                "tables of" a virtual router, when it is one of its routes or neighbours.
 * @param reason  why, as the data plane reported it last; of what is left to Linux, which packets and why.
 */
public record AlarmStatus(String subject, String reason) {}
