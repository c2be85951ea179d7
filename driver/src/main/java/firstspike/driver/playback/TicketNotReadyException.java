package firstspike.driver.playback;

/** A ticket was redeemed at a result that does not hold its responses. */
public final class TicketNotReadyException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /**
     * @param ticket that was redeemed
     * @param received responses of its kind that arrived
     */
    public TicketNotReadyException(Ticket<?> ticket, int received) {
        super(ticket.kind() + " responses " + ticket.position() + " to " + (ticket.position() + ticket.count() - 1)
                + ": " + received
                + " received (limit: all of them); redeem tickets at the result of their own program");
    }
}
