package io.vireo.control.model;

/**
 * Loss by a channel of two states (Gilbert 1960, Elliott 1963), as {@code tc netem loss gemodel p r 1-h 1-k} has it.
 *
 * @param p        that the channel turns bad, per packet.
 * @param r        that it becomes good again, per packet; 1/r is how many packets a burst lasts on average.
 * @param lossBad  of packets while it is bad: netem's 1-h.
 * @param lossGood of packets while it is good: netem's 1-k.
 */
public record LossBursts(Probability p, Probability r, Probability lossBad, Probability lossGood) {}
