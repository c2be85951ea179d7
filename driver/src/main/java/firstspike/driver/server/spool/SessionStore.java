package firstspike.driver.server.spool;

import firstspike.driver.error.ChipException;
import firstspike.proto.chip.v1.SubmissionHeader;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What one session has in the spool; gone when the session is {@linkplain #close closed}. Any thread. */
public final class SessionStore implements AutoCloseable {

    private final Spool spool;
    private final SpoolAccount account;
    private final Set<Stored> kept = new HashSet<>();
    private boolean closed;

    SessionStore(Spool spool, SpoolAccount account) {
        this.spool = spool;
        this.account = account;
    }

    /**
     * A new upload, nothing of which has arrived.
     *
     * @param header that opened it
     * @return the upload; the caller closes it when it ran or will not run
     * @throws firstspike.driver.error.ProgramRejectedException when the header says what cannot be
     * @throws firstspike.driver.error.TargetUnavailableException when the server keeps too much already
     */
    public SpooledUpload upload(SubmissionHeader header) {
        spool.checkObjects(account);
        return keep(new SpooledUpload(header, this));
    }

    /** A new result without records; the caller closes it when it was acknowledged. */
    public SpooledResult result() {
        return keep(new SpooledResult(this));
    }

    /** Bytes of results that the user of this session has stored in all sessions. */
    public long resultBytesOfUser() {
        return account.resultBytes();
    }

    private <T extends Stored> T keep(T stored) {
        spool.enter();
        account.enter();
        synchronized (this) {
            if (!closed) {
                kept.add(stored);
                return stored;
            }
        }
        stored.close();
        return stored;
    }

    SpoolAccount account() {
        return account;
    }

    SpoolLimits limits() {
        return spool.limits();
    }

    SpoolFile newFile(String kind) {
        return spool.newFile(kind);
    }

    ChipException refused(IOException cause) {
        return spool.refused(cause);
    }

    /** Something is closed, for the first time. */
    void forget(Stored stored) {
        spool.leave();
        account.leave();
        synchronized (this) {
            kept.remove(stored);
        }
    }

    /** Drops all that the session has stored; repeated calls have no effect. */
    @Override
    public void close() {
        List<Stored> dropped;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            dropped = List.copyOf(kept);
            kept.clear();
        }
        dropped.forEach(Stored::close);
        spool.left(account);
    }
}
