package firstspike.driver.remote;

import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One streaming call from the client's side: messages go up as fast as the transport takes them, answers come down as fast
 * as they are used. The transport only fills a small mailbox; everything else happens on the thread that calls
 * {@link #send} and {@link #next}.
 *
 * @param <Q> what is sent
 * @param <A> what is answered
 */
final class Exchange<Q, A> implements ClientResponseObserver<Q, A> {

    /** Answers on their way or in the mailbox. */
    private static final int WINDOW = 8;

    private final Deque<A> mailbox = new ArrayDeque<>();
    private ClientCallStreamObserver<Q> call;
    /** Used, and not replaced yet: asking for each alone would wake the transport for each. */
    private int used;

    private boolean sending;
    private boolean completed;
    private boolean expired;
    private Throwable failure;

    @Override
    public void beforeStart(ClientCallStreamObserver<Q> requestStream) {
        call = requestStream;
        call.disableAutoRequestWithInitial(WINDOW);
        call.setOnReadyHandler(this::wake);
    }

    /** Whoever waits for an answer has nothing to send. */
    private synchronized void wake() {
        if (sending) {
            notifyAll();
        }
    }

    @Override
    public synchronized void onNext(A answer) {
        mailbox.add(answer);
        notifyAll();
    }

    @Override
    public synchronized void onError(Throwable cause) {
        failure = cause;
        notifyAll();
    }

    @Override
    public synchronized void onCompleted() {
        completed = true;
        notifyAll();
    }

    /** The deadline has passed: {@link #send} and {@link #next} throw {@link Expired} from now on. */
    synchronized void expire() {
        expired = true;
        notifyAll();
    }

    /** Ends the call from this side; without effect on one that has ended, which would wake the transport for nothing. */
    void cancel() {
        synchronized (this) {
            if (completed || failure != null) {
                return;
            }
        }
        call.cancel("given up by the client", null);
    }

    /** Sends what must not wait: the few messages that a call begins with. */
    void sendAtOnce(Q message) {
        call.onNext(message);
    }

    /** Nothing more is sent. */
    void endSending() {
        call.onCompleted();
    }

    /**
     * Waits until the transport takes more, so that nothing piles up in memory.
     *
     * @return false when the server has answered already or the call has ended: what is left need not be sent
     * @throws InterruptedException when the thread is interrupted
     * @throws Expired when the deadline passes
     */
    synchronized boolean awaitReady() throws InterruptedException, Expired {
        sending = true;
        try {
            while (!call.isReady()) {
                if (expired) {
                    throw new Expired();
                }
                if (failure != null || completed || !mailbox.isEmpty()) {
                    return false;
                }
                wait();
            }
            return failure == null && !completed;
        } finally {
            sending = false;
        }
    }

    /**
     * Waits for the next answer.
     *
     * @return the answer, or empty when the call has ended; {@link #failure} then says how
     * @throws InterruptedException when the thread is interrupted
     * @throws Expired when the deadline passes
     */
    Optional<A> next() throws InterruptedException, Expired {
        A answer;
        synchronized (this) {
            while (mailbox.isEmpty()) {
                if (failure != null || completed) {
                    return Optional.empty();
                }
                if (expired) {
                    throw new Expired();
                }
                wait();
            }
            answer = mailbox.remove();
        }
        used++;
        if (used == WINDOW / 2) {
            used = 0;
            call.request(WINDOW / 2);
        }
        return Optional.of(answer);
    }

    /** Why the call failed; empty when it ended well. */
    synchronized Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The deadline of the caller has passed. */
    static final class Expired extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
