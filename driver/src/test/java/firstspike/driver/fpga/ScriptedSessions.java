package firstspike.driver.fpga;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.hostarq.BitfileInformation;
import firstspike.driver.hostarq.FrameListener;
import firstspike.driver.message.WireException;
import java.util.Arrays;

/**
 * Sessions with a {@link ScriptedFpga} without any network: answers come on the thread that sends. Guarded by itself where
 * tests look from other threads.
 */
final class ScriptedSessions implements WordSession.Opener {

    private static final int FRAME = 180;
    private static final long PATIENCE_NS = 20_000_000_000L;

    private final ScriptedFpga fpga;
    private final String information;
    private int refusals;
    private WireException.Code refusal;
    private Session current;
    private int flushes;

    ScriptedSessions(ScriptedFpga fpga) {
        this(fpga, ScriptedFpga.INFORMATION);
    }

    ScriptedSessions(ScriptedFpga fpga, String information) {
        this.fpga = fpga;
        this.information = information;
    }

    /** Refuses the next openings. */
    synchronized void refuse(int times, WireException.Code code) {
        refusals = times;
        refusal = code;
    }

    @Override
    public synchronized WordSession open(FrameListener listener) {
        if (refusals > 0) {
            refusals--;
            throw error(refusal);
        }
        fpga.sessionStarted();
        current = new Session(listener);
        return current;
    }

    /** The session that was opened last. */
    synchronized Session current() {
        return current;
    }

    private synchronized void flushed() {
        flushes++;
        notifyAll();
    }

    /** How many programs were handed over whole. */
    synchronized int flushes() {
        return flushes;
    }

    /** Waits until so many programs were handed over, and their answers delivered. */
    synchronized void awaitFlushes(int wanted) {
        long end = System.nanoTime() + PATIENCE_NS;
        try {
            while (flushes < wanted) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("programs handed over: " + flushes + " (wanted: " + wanted + ")");
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private synchronized void idle() {
        notifyAll();
    }

    /** Waits until the FPGA has got a word that means nothing. */
    synchronized void awaitIdleWord() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NS;
        while (fpga.idleWords() == 0 && System.nanoTime() < end) {
            wait(1000);
        }
        if (fpga.idleWords() == 0) {
            throw new AssertionError("no idle word");
        }
    }

    static WireException error(WireException.Code code) {
        return new WireException(code, ErrorDetail.of("scripted session", "broken", "whole", "mend it"));
    }

    /** One session. */
    final class Session implements WordSession {

        private final FrameListener listener;
        private WireException dead;

        private Session(FrameListener listener) {
            this.listener = listener;
        }

        /** Breaks the session as the network would. */
        void fail(WireException.Code code) {
            synchronized (this) {
                dead = error(code);
            }
            listener.failed(dead);
        }

        /** Sends words to the host that nobody asked for. */
        void frame(int packetType, long... words) {
            listener.frame(packetType, words, words.length);
        }

        @Override
        public BitfileInformation information() {
            return new BitfileInformation(1, 2, information);
        }

        @Override
        public void send(long[] words, int count) {
            synchronized (this) {
                if (dead != null) {
                    throw dead;
                }
            }
            long[] answer = fpga.execute(words, count);
            if (words[0] < 0) {
                idle();
            }
            for (int from = 0; from < answer.length; from += FRAME) {
                long[] frame = Arrays.copyOfRange(answer, from, Math.min(answer.length, from + FRAME));
                listener.frame(HostArqSession.UT_WORDS, frame, frame.length);
            }
        }

        @Override
        public void flush() {
            flushed();
        }

        @Override
        public void resume() {}

        @Override
        public FrameCounts counters() {
            return new FrameCounts(0, 0, 0);
        }

        @Override
        public synchronized void close() {
            dead = error(WireException.Code.CLOSED);
        }
    }
}
