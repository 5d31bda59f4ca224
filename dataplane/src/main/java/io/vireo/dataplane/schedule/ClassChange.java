package io.vireo.dataplane.schedule;

/** The answer to a change of the tree; everything but {@link #DONE} and {@link #DRAINING} changed nothing. */
public enum ClassChange {
    /** The change is made. */
    DONE("done"),
    /** The class leaves as soon as its queued packets are sent. */
    DRAINING("leaves when its queue is empty"),
    /** The class id is out of range. */
    NO_ID("class id out of range"),
    /** The class id is taken, perhaps by a class that still drains. */
    ID_IN_USE("class id is in use"),
    /** There is no such class. */
    NO_CLASS("no such class"),
    /** There is no such parent, or it is being removed. */
    NO_PARENT("no such parent class"),
    /** The parent to be is a leaf that has packets queued, and the class has a queue of its own. */
    PARENT_BUSY("the new parent still has packets queued"),
    /** The new parent is the class itself or stands below it. */
    CYCLE("the new parent is below the class"),
    /** The root cannot be moved or removed, and has no guarantee of its own. */
    ROOT("not possible for the root class"),
    /** The class still has children. */
    HAS_CHILDREN("the class has children"),
    /** Neither a real-time nor a link-share curve was given. */
    NO_CURVE("neither rt nor ls given"),
    /** An upper limit governs link share only. */
    LIMIT_WITHOUT_SHARE("ul given without ls"),
    /** The real-time curve is not one; see {@link io.vireo.dataplane.schedule.policy.CurveDefect}. */
    BAD_REAL_TIME("rt is not a service curve"),
    /** The link-share curve is not one. */
    BAD_LINK_SHARE("ls is not a service curve"),
    /** The upper limit is not a curve. */
    BAD_UPPER_LIMIT("ul is not a service curve"),
    /** Queue limits must be positive, target and interval of CoDel positive or both zero. */
    BAD_QUEUE("queue limits or CoDel times out of range"),
    /** The quota does not exist or its numbers are out of range. */
    NO_QUOTA("no such buffer quota"),
    /** The port's packet pool is promised already. */
    NO_BUFFERS("the port has not as many buffers left"),
    /** The parent cannot take one more child; the pool of heap space is used up or torn. */
    NO_ROOM("no room for another child of this parent");

    private final String sentence;

    ClassChange(String sentence) {
        this.sentence = sentence;
    }

    /** The answer, for the operator. */
    public String sentence() {
        return sentence;
    }

    /** Whether the change was made, now or as soon as the queue allows. */
    public boolean isAccepted() {
        return this == DONE || this == DRAINING;
    }
}
