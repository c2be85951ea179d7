package firstspike.driver.hostarq;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.message.WireException;
import java.util.Objects;

/** Words to the host of one session of an endpoint; one thread at a time. */
final class SessionSender implements WordSender {

    private final EndpointNetwork network;
    private final int number;

    SessionSender(EndpointNetwork network, int number) {
        this.network = network;
        this.number = number;
    }

    @Override
    public void words(long[] words, int count) {
        Objects.checkFromIndexSize(0, count, words.length);
        int taken = 0;
        while (taken < count) {
            checkOpen();
            int now = network.session().words(number, words, taken, count - taken, network.now());
            taken += now;
            network.wake();
            if (taken < count) {
                awaitRoom();
            }
        }
    }

    @Override
    public void flush() {
        checkOpen();
        while (!network.session().flush(number)) {
            network.wake();
            awaitRoom();
            checkOpen();
        }
        network.wake();
    }

    @Override
    public void resume() {
        network.wake();
    }

    /**
     * However long it takes: a host that reads slowly is no error of the FPGA (wire.md 14). A silent one ends the session
     * after 10 s, which ends the wait.
     */
    private void awaitRoom() {
        network.gate().await(() -> over() || network.session().free() >= SendGate.BATCH);
    }

    private boolean over() {
        return network.isStopped() || network.currentSession() != number;
    }

    private void checkOpen() {
        if (over()) {
            throw new WireException(
                    WireException.Code.CLOSED,
                    ErrorDetail.of(
                            "session " + number + " of the endpoint",
                            reason(),
                            "the session of the last reset",
                            "use the sender of that session"));
        }
    }

    private String reason() {
        if (network.isStopped()) {
            return "the endpoint was closed";
        }
        return network.currentSession() == EndpointNetwork.NO_SESSION ? "the host fell silent" : "a host reset it";
    }
}
