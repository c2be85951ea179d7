package firstspike.experiments.capture;

/** Why a packet of a capture is no datagram of ours. */
public enum Skipped {
    /** Its interface has a link type that is not read. */
    LINK_TYPE("of another link type"),
    /** Another protocol than IPv4. */
    NOT_IPV4("not IPv4"),
    /** Another protocol than UDP. */
    NOT_UDP("not UDP"),
    /** A part of a larger IP packet; frames of HostARQ are never fragmented. */
    FRAGMENT("fragments"),
    /** The capture kept only its beginning. */
    CUT_OFF("cut off by the capture"),
    /** Its headers contradict each other. */
    MALFORMED("malformed");

    private final String text;

    Skipped(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
