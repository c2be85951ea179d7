package firstspike.emulator.ppu;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words of a chip and its FPGA without their effects: conversions give what a test says, resets are written down. */
final class StubBus implements ProcessorBus {
    private static final int PPU_MEMORY = 0x0280_0000;
    private static final int FIELDS = 0x3F3F_3F3F;

    final Map<Integer, Integer> chip;
    final Map<Integer, Integer> fpga;
    final int[] causal = new int[256];
    final int[] acausal = new int[256];
    final List<Action> actions = new ArrayList<>();
    private final int hemisphere;
    private final int[][] memories;
    private final int[] convertedCausal = new int[256];
    private final int[] convertedAcausal = new int[256];

    /** One reset, with its columns as far as they follow each other. */
    record Action(String kind, int row, String sensor, List<Integer> columns) {}

    StubBus(int hemisphere, int[][] memories, Map<Integer, Integer> chip, Map<Integer, Integer> fpga) {
        this.hemisphere = hemisphere;
        this.memories = memories;
        this.chip = chip;
        this.fpga = fpga;
    }

    static StubBus alone() {
        return new StubBus(0, new int[2][DataMemory.SRAM_WORDS], new HashMap<>(), new HashMap<>());
    }

    @Override
    public boolean isMapped(int address, boolean read) {
        int page = address >>> 16 & 0xFF;
        return address >>> 24 == 2 + (address >>> 24 & 1)
                && (page == 0x80 || page >= 0xC0 && page <= 0xCF && page != 0xCD || page >= 0xE8 && page <= 0xEC);
    }

    private int[] memory(int address) {
        boolean is = (address & 0xFEFF_F000) == PPU_MEMORY;
        return is ? memories[address >>> 24 & 1] : null;
    }

    @Override
    public int read(long cycle, int address) {
        int[] memory = memory(address);
        if (memory != null) {
            return memory[address & 0xFFF];
        }
        int area = address >>> 16 & 15;
        if ((area == 8 || area == 0xC) && (address >>> 20 & 0xF) >= 0xC) {
            if ((address >>> 21 & 1) == 0) {
                System.arraycopy(causal, 0, convertedCausal, 0, causal.length);
                System.arraycopy(acausal, 0, convertedAcausal, 0, acausal.length);
            }
            int quad = address & 63;
            int[] samples = area == 8 ? convertedCausal : convertedAcausal;
            int word = 0;
            for (int entry = 0; entry < 4; entry++) {
                word = word << 8 | samples[8 * (quad & 31) + 2 * entry + (quad >> 5)];
            }
            return word;
        }
        if (area == 0xF) {
            int row = address >>> 7 & 0xFF;
            int quad = address & 0xFE00_0000 | address & 0x01C0_0000 | row << 6 | address & 63;
            boolean labels = (address >>> 6 & 1) != 0;
            int base = labels ? 0x4_0000 : 0;
            int calibration = labels ? 0x2_0000 : 0x1_0000;
            return chip.getOrDefault(quad | base, 0) & FIELDS | chip.getOrDefault(quad | calibration, 0) << 6;
        }
        return chip.getOrDefault(address, 0);
    }

    @Override
    public void write(long cycle, int address, int word, int byteEnables) {
        int[] memory = memory(address);
        if (memory != null) {
            memory[address & 0xFFF] = merged(memory[address & 0xFFF], word, byteEnables);
            return;
        }
        int area = address >>> 16 & 15;
        if (area == 0xF) {
            int row = address >>> 7 & 0xFF;
            int quad = address & 0xFE00_0000 | address & 0x01C0_0000 | row << 6 | address & 63;
            boolean labels = (address >>> 6 & 1) != 0;
            store(quad | (labels ? 0x4_0000 : 0), word & FIELDS, byteEnables);
            store(quad | (labels ? 0x2_0000 : 0x1_0000), word >>> 6 & 0x0303_0303, byteEnables);
            return;
        }
        store(address, word & mask(area, address & 0xFFFF), byteEnables);
    }

    private static int mask(int area, int offset) {
        boolean column = offset >= 64 * 256;
        return switch (area) {
            case 0, 4 -> column ? 0x2020_2020 : FIELDS;
            default -> 0x0303_0303;
        };
    }

    private void store(int address, int word, int byteEnables) {
        chip.put(address, merged(chip.getOrDefault(address, 0), word, byteEnables));
    }

    private static int merged(int before, int word, int byteEnables) {
        int mask = 0;
        for (int k = 0; k < 4; k++) {
            mask |= (byteEnables >> k & 1) == 0 ? 0 : 0xFF << 8 * k;
        }
        return before & ~mask | word & mask;
    }

    @Override
    public boolean isMappedOnFpga(int address, boolean read) {
        return address < 0x8800_0000;
    }

    @Override
    public int readFpga(long cycle, int address) {
        return fpga.getOrDefault(address, 0);
    }

    @Override
    public void writeFpga(long cycle, int address, int word, int byteEnables) {
        fpga.put(address, merged(fpga.getOrDefault(address, 0), word, byteEnables));
    }

    @Override
    public void resetSensor(long cycle, int row, int column, Sensor sensor) {
        add("creset", row, sensor.name().toLowerCase(java.util.Locale.ROOT), column);
    }

    @Override
    public void resetNeuron(long cycle, int column) {
        add("nreset", 256, "both", column);
    }

    private void add(String kind, int row, String sensor, int column) {
        Action last = actions.isEmpty() ? null : actions.get(actions.size() - 1);
        if (last == null
                || !last.kind.equals(kind)
                || last.row != row
                || !last.sensor.equals(sensor)
                || (last.columns.get(0) & 1) != (column & 1)) {
            last = new Action(kind, row, sensor, new ArrayList<>());
            actions.add(last);
        }
        last.columns.add(column);
    }

    @Override
    public int conversionCycles() {
        return 376;
    }

    int hemisphere() {
        return hemisphere;
    }
}
