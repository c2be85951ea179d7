package firstspike.driver.server;

import firstspike.driver.error.ChipException;
import firstspike.driver.remote.WireErrors;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** Answers calls: with a message, or with the typed error that came up. Any thread. */
final class Answers {

    /** Longest text of a request that is a name. */
    static final int LONGEST_NAME = 128;

    private final Totals totals;

    Answers(Totals totals) {
        this.totals = totals;
    }

    /** Answers with what the work gives. */
    <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        T message;
        try {
            message = work.get();
        } catch (ChipException e) {
            refuse(observer, e);
            return;
        } catch (RuntimeException e) {
            refuse(observer, Incidents.record(e));
            return;
        }
        observer.onNext(message);
        observer.onCompleted();
    }

    /** Answers with an error. */
    void refuse(StreamObserver<?> observer, ChipException why) {
        totals.callRefused();
        observer.onError(WireErrors.status(why));
    }

    /** A name of a request as it may stand in an answer. */
    static String clip(String text) {
        return text.length() > LONGEST_NAME ? text.length() + " characters" : text;
    }
}
