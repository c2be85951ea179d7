package firstspike.driver.ppu;

import static firstspike.driver.error.ProgramRejectedException.Code.PPU_IMAGE;

import firstspike.driver.coordinate.Hemisphere;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.RunHealth;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.RunResult;
import firstspike.driver.link.TimeBase;
import firstspike.driver.playback.Barrier;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.playback.Ticket;
import firstspike.driver.register.MailboxView;
import java.util.List;
import java.util.TreeMap;

/**
 * Runs programs on one plasticity processor with ordinary playback programs, so that it works over every link (ppu.md 1.3):
 *
 * <pre>{@code
 * PpuSession ppu = PpuSession.on(link, Hemisphere.of(0));
 * ppu.load(PpuImage.ofElf(bytes));
 * ppu.start();
 * ppu.awaitSleep(10_000);
 * PpuResult result = ppu.stop();
 * }</pre>
 *
 * <p>Its pieces can be put into a program of one's own. One owner thread.
 */
public final class PpuSession {
    private static final int CONTROL = 0x02A0_0000;
    private static final int STATUS = CONTROL + 1;
    private static final int RETURN_WORD = 3071;
    private static final int POLL_TICKS = 1000;
    private static final int TICKS_PER_US = 125;

    private final ChipLink link;
    private final Hemisphere ppu;
    private PpuImage image;
    private boolean slept;
    private RunHealth health = new RunHealth(new TreeMap<>(), TimeBase.UNSYNCED, List.of());

    private PpuSession(ChipLink link, Hemisphere ppu) {
        this.link = link;
        this.ppu = ppu;
    }

    /**
     * @param link to the chip, which the caller closes
     * @param ppu hemisphere of the processor
     */
    public static PpuSession on(ChipLink link, Hemisphere ppu) {
        return new PpuSession(link, ppu);
    }

    /** Hemisphere of its processor. */
    public Hemisphere ppu() {
        return ppu;
    }

    /** Stops the processor and writes an image into its memories. */
    public void load(PpuImage program) {
        image = program;
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        addStop(builder);
        program.addLoad(builder, ppu);
        run(builder.barrier(Barrier.OMNIBUS));
    }

    /** Lets the processor begin at address 0. */
    public void addStart(PlaybackProgramBuilder program) {
        program.write(control(), 1);
    }

    /** Puts the processor into reset. */
    public void addStop(PlaybackProgramBuilder program) {
        program.write(control(), 0);
    }

    /** Lets the processor begin at address 0. */
    public void start() {
        slept = false;
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        addStart(builder);
        run(builder.barrier(Barrier.OMNIBUS));
    }

    /** Whether the processor sleeps, after 8 us. */
    public boolean pollSleep() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        Ticket<Integer> status = builder.read(STATUS + control() - CONTROL);
        builder.barrier(Barrier.OMNIBUS).timerReset().waitUntil(POLL_TICKS);
        slept = (run(builder).get(status) & 1) != 0;
        return slept;
    }

    /**
     * Waits until the processor sleeps.
     *
     * @param timeoutUs microseconds of chip time
     * @throws PpuTimeoutException when it does not; it is stopped then
     */
    public void awaitSleep(long timeoutUs) {
        for (long waited = 0; !pollSleep(); waited += POLL_TICKS) {
            if (waited >= TICKS_PER_US * timeoutUs) {
                throw timeout(timeoutUs);
            }
        }
    }

    private PpuTimeoutException timeout(long timeoutUs) {
        // A stopped processor is at address 0: where it stayed is in the health of the last poll.
        Long pc = health.counters().get("ppu." + ppu.index() + ".pc");
        PpuResult result = stop();
        String where = pc == null
                ? ""
                : String.format(
                        ", at program counter 0x%08x after %d instructions",
                        pc, result.count(ppu.index(), "instructions"));
        return new PpuTimeoutException(
                ErrorDetail.of(
                        (ppu.index() == 0 ? "top" : "bottom") + " plasticity processor",
                        "does not sleep" + where + ", mailbox '" + result.mailboxText() + "'",
                        timeoutUs + " us",
                        "give a longer time-out, or see where the program stays"),
                result);
    }

    /** Stops the processor and reads what it left. */
    public PpuResult stop() {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        addStop(builder);
        Ticket<Integer> code = builder.read(PpuMemory.SRAM.busAddress(ppu, RETURN_WORD));
        Ticket<int[]> mailbox = builder.read(MailboxView.addresses(ppu), words -> words);
        RunResult result = run(builder.barrier(Barrier.OMNIBUS));
        return new PpuResult(result.get(code), result.get(mailbox), slept, result.health());
    }

    /**
     * Writes words of a symbol of the loaded image.
     *
     * @param byteOffset from its beginning, so that the address is that of a word
     * @throws ProgramRejectedException for an unknown symbol, another address or more words than it has
     */
    public void write(String symbol, int byteOffset, int... words) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        addWrite(builder, symbol, byteOffset, words);
        run(builder.barrier(Barrier.OMNIBUS));
    }

    /** As {@link #write}, in a program of one's own. */
    public void addWrite(PlaybackProgramBuilder builder, String symbol, int byteOffset, int... words) {
        int[] addresses = addresses(symbol, byteOffset, words.length);
        for (int i = 0; i < words.length; i++) {
            builder.write(addresses[i], words[i]);
        }
    }

    /** All words of a symbol of the loaded image. */
    public int[] read(String symbol) {
        return read(symbol, 0, symbol(symbol).words());
    }

    /**
     * Words of a symbol of the loaded image.
     *
     * @param byteOffset from its beginning, so that the address is that of a word
     * @param words how many
     */
    public int[] read(String symbol, int byteOffset, int words) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        Ticket<int[]> values = addRead(builder, symbol, byteOffset, words);
        return run(builder.barrier(Barrier.OMNIBUS)).get(values);
    }

    /** As {@link #read(String, int, int)}, in a program of one's own. */
    public Ticket<int[]> addRead(PlaybackProgramBuilder builder, String symbol, int byteOffset, int words) {
        return builder.read(addresses(symbol, byteOffset, words), values -> values);
    }

    private PpuSymbol symbol(String name) {
        if (image == null) {
            throw new ProgramRejectedException(PPU_IMAGE, "symbol", name, "a loaded image", "load one first");
        }
        return image.symbol(name);
    }

    private int[] addresses(String name, int byteOffset, int words) {
        PpuSymbol symbol = symbol(name);
        int address = symbol.address() + byteOffset;
        if ((address & 3) != 0 || byteOffset < 0 || words < 0 || byteOffset + 4L * words > symbol.bytes() + 3L) {
            throw new ProgramRejectedException(
                    PPU_IMAGE,
                    "words of symbol " + name,
                    words + " from byte " + byteOffset,
                    symbol.bytes() + " bytes from address " + String.format("0x%08x", symbol.address()),
                    "choose whole words within it");
        }
        int first = PpuMemory.offset(address) >>> 2;
        int[] addresses = new int[words];
        for (int i = 0; i < words; i++) {
            addresses[i] = symbol.memory().busAddress(ppu, first + i);
        }
        return addresses;
    }

    private int control() {
        return CONTROL + (ppu.index() << 24);
    }

    private RunResult run(PlaybackProgramBuilder builder) {
        RunResult result = link.run(builder.done(), RunOptions.forSetup());
        health = result.health();
        return result;
    }
}
