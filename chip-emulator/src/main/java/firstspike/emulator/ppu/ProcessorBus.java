package firstspike.emulator.ppu;

/**
 * What a plasticity processor reaches outside itself (ppu.md 4): the words of its chip and of the FPGA behind it. All calls
 * act on the state at the cycle, which the owner of the chip has reached; addresses are Omnibus words.
 */
public interface ProcessorBus {

    /** Sensors of a synapse that a reset concerns. */
    enum Sensor {
        /** Pre before post. */
        CAUSAL,
        /** Post before pre. */
        ACAUSAL,
        /** Both of them. */
        BOTH
    }

    /** Whether a register of the chip can be read (or written) at an address. */
    boolean isMapped(int address, boolean read);

    /**
     * Samples a word of the chip.
     *
     * @param cycle of the processor, 0 at its start
     * @param address a mapped word
     */
    int read(long cycle, int address);

    /**
     * Writes a word of the chip.
     *
     * @param cycle of the processor, 0 at its start
     * @param address a mapped word
     * @param word value
     * @param byteEnables bit k enables byte k
     */
    void write(long cycle, int address, int word, int byteEnables);

    /** Whether the FPGA has a memory (or, to read, a register) at a word address with bit 31 set. */
    boolean isMappedOnFpga(int address, boolean read);

    /** Reads a mapped word of the FPGA. */
    int readFpga(long cycle, int address);

    /** Writes a mapped word of the FPGA. */
    void writeFpga(long cycle, int address, int word, int byteEnables);

    /**
     * Resets correlation sensors of one synapse of the processor's own hemisphere.
     *
     * @param row 0 to 255
     * @param column 0 to 255
     */
    void resetSensor(long cycle, int row, int column, Sensor sensor);

    /** Resets the neuron of a column, 0 to 255, of the own hemisphere; it fires nothing. */
    void resetNeuron(long cycle, int column);

    /** Cycles that a conversion of the own CADC takes by its configuration: reset, ramp and dead time. */
    int conversionCycles();
}
