package firstspike.emulator.digital;

import firstspike.emulator.ppu.ProcessorBus;

/**
 * Leads what a processor reaches outside itself to the registers of its chip and to the FPGA, at the time that the chip has
 * reached (ppu.md 4, 5.2). Owned by the thread of the chip.
 */
final class ProcessorBridge implements ProcessorBus {
    private static final int COLUMNS = 256;
    private static final int RAMP_CYCLES = 256;
    private static final int BYTE = 0xFF;

    private final ChipState chip;
    private final int hemisphere;
    private final ChipProcessors owner;

    ProcessorBridge(ChipState chip, int hemisphere, ChipProcessors owner) {
        this.chip = chip;
        this.hemisphere = hemisphere;
        this.owner = owner;
    }

    private long tick() {
        return owner.now() >> 1;
    }

    @Override
    public boolean isMapped(int address, boolean read) {
        return RegisterSpace.locate(address) != RegisterSpace.NOTHING;
    }

    @Override
    public int read(long cycle, int address) {
        return chip.access.read(tick(), address);
    }

    @Override
    public void write(long cycle, int address, int word, int byteEnables) {
        chip.access.write(tick(), address, word, byteEnables);
    }

    @Override
    public boolean isMappedOnFpga(int address, boolean read) {
        return owner.offChip().isMapped(address, read);
    }

    @Override
    public int readFpga(long cycle, int address) {
        return owner.offChip().readWord(tick(), address);
    }

    @Override
    public void writeFpga(long cycle, int address, int word, int byteEnables) {
        owner.offChip().writeWord(address, word, byteEnables);
    }

    @Override
    public void resetSensor(long cycle, int row, int column, Sensor sensor) {
        int synapse = COLUMNS * (COLUMNS * hemisphere + row) + column;
        chip.neurons.correlation().reset(synapse, sensor != Sensor.ACAUSAL, sensor != Sensor.CAUSAL);
    }

    @Override
    public void resetNeuron(long cycle, int column) {
        chip.neurons.reset(COLUMNS * hemisphere + column, 2 * tick());
    }

    @Override
    public int conversionCycles() {
        int word = chip.registers.plain[RegisterSpace.cadcConfig(hemisphere)];
        return (word >>> 4 & BYTE) + RAMP_CYCLES + (word >>> 12 & BYTE);
    }
}
