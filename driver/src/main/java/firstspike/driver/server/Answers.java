package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.link.PrintableName;
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
        } catch (RuntimeException | Error e) {
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

    /**
     * Refuses a name that would be no line of a log or a table: too long, with control characters, or with blanks at its ends.
     *
     * @param what it names, for the error
     * @param name as a request states it; empty: none
     * @param longest characters
     * @throws ProgramRejectedException for such a name
     */
    static void requireName(String what, String name, int longest) {
        if (name.length() > longest) {
            throw new ProgramRejectedException(
                    MALFORMED_REQUEST, what, name.length() + " characters", longest + " characters", "shorten it");
        }
        if (!name.isEmpty() && !PrintableName.isOne(name, longest)) {
            throw new ProgramRejectedException(
                    MALFORMED_REQUEST,
                    what,
                    "characters that are not printed",
                    "letters, digits, signs, blanks inside",
                    "rename it");
        }
    }

    /** A name of a request as it may stand in an answer. */
    static String clip(String text) {
        return text.length() > LONGEST_NAME ? text.length() + " characters" : text;
    }
}
