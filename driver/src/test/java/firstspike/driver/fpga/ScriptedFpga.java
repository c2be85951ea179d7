package firstspike.driver.fpga;

import firstspike.driver.message.FromFpgaEncoder;
import firstspike.driver.message.ToFpga;
import firstspike.driver.message.TraceMessages;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * An FPGA without physics for tests of whatever speaks to one. Unscripted it answers JTAG reads as a known chip, Omnibus
 * reads with 0 or what {@link #register} says, markers and the halt; it executes words as they come and keeps no time. A
 * {@link Script} takes over single instructions of the next program. Guarded by itself.
 */
public final class ScriptedFpga {

    /** Information text of a bitfile that fits. */
    public static final String INFORMATION = "version: 1\ncompatible_until: 2\n";
    /** Low word of the identity of its device. */
    public static final int DEVICE = 0x1234;
    /** JTAG id of a chip of the third generation. */
    public static final int JTAG_ID = 0x3485_80AF;

    private static final int DNA_LOW = 0x8800_0004;
    private static final int ONLINE_TIME = 0x8800_400C;
    private static final int LINKS = 8;

    private final Queue<Script> scripts = new ArrayDeque<>();
    private final Map<Integer, Integer> registers = new HashMap<>();
    private final List<long[]> programs = new ArrayList<>();
    private final FromFpgaEncoder encoder = new FromFpgaEncoder();
    private long[] program = new long[64];
    private int size;
    private Script script;
    private int programsOfSession;
    private int sessions;
    private int idleWords;
    private int jtagId = JTAG_ID;

    /** An FPGA whose chip answers: all links are up. */
    public ScriptedFpga() {
        register(DNA_LOW, DEVICE);
        for (int i = 0; i < LINKS; i++) {
            register(ONLINE_TIME + i, 1);
        }
    }

    /** What a program meets instead of what it asked for. */
    @FunctionalInterface
    public interface Script {

        /**
         * One instruction, the halt included.
         *
         * @param word of it
         * @param index of it in what was sent, health reads included
         * @param out takes answers
         * @return true when the usual answer must not follow
         */
        boolean instruction(long word, long index, TraceMessages out);
    }

    /**
     * Takes over the next program that nobody took over, the identification of a session excluded.
     *
     * @param next what it meets
     * @return this
     */
    public synchronized ScriptedFpga script(Script next) {
        scripts.add(next);
        return this;
    }

    /**
     * @param address of a register
     * @param value that reads get from now on
     * @return this
     */
    public synchronized ScriptedFpga register(int address, int value) {
        registers.put(address, value);
        return this;
    }

    /**
     * @param id that JTAG gives from now on
     * @return this
     */
    public synchronized ScriptedFpga jtagId(int id) {
        jtagId = id;
        return this;
    }

    /** A reset frame came: whatever was executed is forgotten. */
    public synchronized void sessionStarted() {
        sessions++;
        programsOfSession = 0;
        size = 0;
        script = null;
        encoder.reset();
    }

    /** How many sessions were started. */
    public synchronized int sessions() {
        return sessions;
    }

    /** Complete programs in the order of their halts, as they were sent, identifications excluded. */
    public synchronized List<long[]> programs() {
        return List.copyOf(programs);
    }

    /** Words that mean nothing. */
    public synchronized int idleWords() {
        return idleWords;
    }

    /** Instructions of the program that has not come to its halt. */
    public synchronized int unfinished() {
        return size;
    }

    /**
     * Executes words.
     *
     * @param words from index 0
     * @param count of words
     * @return what the FPGA sends for them, possibly nothing
     */
    public synchronized long[] execute(long[] words, int count) {
        for (int i = 0; i < count; i++) {
            execute(words[i]);
        }
        long[] answer = Arrays.copyOf(encoder.words(), encoder.count());
        encoder.clear();
        return answer;
    }

    private void execute(long word) {
        if (word < 0) {
            idleWords++;
            return;
        }
        boolean identification = programsOfSession == 0;
        if (size == 0 && !identification) {
            script = scripts.poll();
        }
        if (size == program.length) {
            program = Arrays.copyOf(program, 2 * size);
        }
        program[size++] = word;
        boolean taken = script != null && script.instruction(word, size - 1L, encoder);
        if (!taken) {
            usual(word);
        }
        if (word == ToFpga.HALT) {
            encoder.flush();
            if (!identification) {
                programs.add(Arrays.copyOf(program, size));
            }
            programsOfSession++;
            size = 0;
            script = null;
        }
    }

    private void usual(long word) {
        switch (ToFpga.kind(word)) {
            case OMNIBUS_ADDRESS -> {
                if (ToFpga.isRead(word)) {
                    encoder.omnibus(registers.getOrDefault(ToFpga.address(word), 0));
                }
            }
            case JTAG_DATA -> {
                if (ToFpga.keepsResponse(word)) {
                    encoder.jtag(jtagId & 0xffff_ffffL);
                }
            }
            case LOOPBACK -> encoder.loopback(ToFpga.value(word) == 0);
            default -> {}
        }
    }
}
