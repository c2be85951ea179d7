package firstspike.driver.fpga;

import firstspike.driver.error.ChipException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.hostarq.FrameListener;
import firstspike.driver.message.FromFpgaDecoder;
import firstspike.driver.message.TraceMessages;
import firstspike.driver.message.WireException;
import java.util.function.Consumer;

/**
 * Everything that one session receives: decodes it, whether a program runs or not, and hands it to the program that runs.
 * What arrives in between belongs to nobody and is counted (playback.md 4.10). Frames come on the network thread, the rest
 * on that of the run.
 */
final class Inbound implements FrameListener {

    private final Consumer<WireException> diedIdle;
    private final Router router = new Router();
    private final FromFpgaDecoder decoder = new FromFpgaDecoder(router);
    private volatile RunEnd end;
    private WireException dead;

    /** @param diedIdle is told when the session dies while no program runs; on the network thread */
    Inbound(Consumer<WireException> diedIdle) {
        this.diedIdle = diedIdle;
    }

    /**
     * From now on messages belong to a program.
     *
     * @param reception takes them
     * @param runEnd is told of halt and failure
     */
    synchronized void begin(Reception reception, RunEnd runEnd) {
        router.reception = reception;
        end = runEnd;
        if (dead != null) {
            runEnd.failed(dead);
        }
    }

    /** From now on messages belong to nobody; what the program got is the caller's alone. */
    synchronized void end() {
        router.reception = null;
        end = null;
    }

    /** Messages that belonged to no program. */
    synchronized long strays() {
        return router.strays;
    }

    @Override
    public synchronized void frame(int packetType, long[] words, int count) {
        if (dead != null) {
            return;
        }
        try {
            if (packetType != HostArqSession.UT_WORDS) {
                throw new WireException(
                        WireException.Code.UNKNOWN_PACKET_TYPE,
                        ErrorDetail.of(
                                "packet type in an open session",
                                String.format("0x%04x", packetType),
                                "0x0010",
                                "open the session again; check the bitfile"));
            }
            decoder.words(words, 0, count);
            if (router.reception != null && router.reception.halted()) {
                decoder.finish();
                end.halted();
            }
        } catch (WireException e) {
            die(e);
        } catch (ChipException e) {
            dead = poisoned();
            end.failed(e);
        }
    }

    @Override
    public synchronized void failed(WireException cause) {
        if (dead == null) {
            die(cause);
        }
    }

    @Override
    public boolean ready() {
        RunEnd running = end;
        return running == null || running.hasRoom();
    }

    private void die(WireException cause) {
        dead = cause;
        if (end == null) {
            diedIdle.accept(cause);
        } else {
            end.failed(cause);
        }
    }

    /** What the session is dead of; null while it lives. */
    synchronized WireException dead() {
        return dead;
    }

    private static WireException poisoned() {
        return new WireException(
                WireException.Code.DECODER_POISONED,
                ErrorDetail.of("session", "given up", "", "open the session again"));
    }

    /** Passes messages to the reception of the program that runs. */
    private static final class Router implements TraceMessages {

        private Reception reception;
        private long strays;

        private boolean stray() {
            if (reception == null || reception.halted()) {
                strays++;
                return true;
            }
            return false;
        }

        @Override
        public void systime(long ticks) {
            if (!stray()) {
                reception.systime(ticks);
            }
        }

        @Override
        public void sysdelta(int ticks) {
            if (!stray()) {
                reception.sysdelta(ticks);
            }
        }

        @Override
        public void jtag(long value) {
            if (!stray()) {
                reception.jtag(value);
            }
        }

        @Override
        public void omnibus(int value) {
            if (!stray()) {
                reception.omnibus(value);
            }
        }

        @Override
        public void loopback(boolean halt) {
            if (!stray()) {
                reception.loopback(halt);
            }
        }

        @Override
        public void linkNotification(int bits) {
            if (!stray()) {
                reception.linkNotification(bits);
            }
        }

        @Override
        public void timeout(long index, int traceStall, int omnibusReads) {
            if (!stray()) {
                reception.timeout(index, traceStall, omnibusReads);
            }
        }

        @Override
        public void spikes(int count, int first, int second, int third) {
            if (!stray()) {
                reception.spikes(count, first, second, third);
            }
        }

        @Override
        public void samples(int count, int first, int second, int third) {
            if (!stray()) {
                reception.samples(count, first, second, third);
            }
        }
    }
}
