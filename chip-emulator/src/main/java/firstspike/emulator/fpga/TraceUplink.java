package firstspike.emulator.fpga;

import firstspike.driver.hostarq.WordSender;
import firstspike.driver.message.FromFpgaEncoder;
import firstspike.driver.message.TraceMessages;
import firstspike.driver.message.WireException;

/**
 * Sends the trace of a session to its host as words (wire.md 17). When the session ends everything more is dropped. Mutable;
 * owned by the executing thread.
 */
final class TraceUplink implements TraceMessages {

    /** Words that are handed on together: those of a frame. */
    private static final int BATCH = 180;
    /** An incomplete word leaves after this time without new ones (D27). */
    private static final long FLUSH_NANOS = 100_000;

    private final FromFpgaEncoder encoder = new FromFpgaEncoder();
    private final WordSender sender;
    private volatile boolean flushWanted;
    private long lastMessage;
    private boolean unsent;
    private boolean dead;

    /** @param sender to the host of the session */
    TraceUplink(WordSender sender) {
        this.sender = sender;
    }

    /** The host asks for what waits; any thread. */
    void wantFlush() {
        flushWanted = true;
    }

    /** Sends everything up to here, the incomplete word too. */
    void flush() {
        flushWanted = false;
        unsent = false;
        encoder.flush();
        handOn();
        if (!dead) {
            try {
                sender.flush();
            } catch (WireException e) {
                dead = true;
            }
        }
    }

    /** A stretch of the trace is complete: what it brought leaves, the incomplete word after 100 us or when the host asks. */
    void pause() {
        if (encoder.count() > 0) {
            handOn();
            lastMessage = System.nanoTime();
        }
        if (unsent && (flushWanted || System.nanoTime() - lastMessage > FLUSH_NANOS)) {
            flush();
        }
    }

    /** Whether the session ended, as far as sending has found out. */
    boolean isDead() {
        return dead;
    }

    private void handOn() {
        if (!dead && encoder.count() > 0) {
            try {
                sender.words(encoder.words(), encoder.count());
            } catch (WireException e) {
                dead = true;
            }
        }
        encoder.clear();
    }

    private void added() {
        unsent = true;
        if (encoder.count() >= BATCH) {
            handOn();
            lastMessage = System.nanoTime();
        }
    }

    @Override
    public void systime(long ticks) {
        encoder.systime(ticks);
        added();
    }

    @Override
    public void sysdelta(int ticks) {
        encoder.sysdelta(ticks);
        added();
    }

    @Override
    public void jtag(long value) {
        encoder.jtag(value);
        added();
    }

    @Override
    public void omnibus(int value) {
        encoder.omnibus(value);
        added();
    }

    @Override
    public void loopback(boolean halt) {
        encoder.loopback(halt);
        if (halt) {
            flush();
        } else {
            added();
        }
    }

    @Override
    public void linkNotification(int bits) {
        encoder.linkNotification(bits);
        added();
    }

    @Override
    public void timeout(long index, int traceStall, int omnibusReads) {
        encoder.timeout(index, traceStall, omnibusReads);
        added();
    }

    @Override
    public void spikes(int count, int first, int second, int third) {
        encoder.spikes(count, first, second, third);
        added();
    }

    @Override
    public void samples(int count, int first, int second, int third) {
        encoder.samples(count, first, second, third);
        added();
    }
}
