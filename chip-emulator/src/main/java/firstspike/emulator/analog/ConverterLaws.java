package firstspike.emulator.analog;

/**
 * What the converters make of a voltage: the CADC by the ramp cells of its quadrant, the MADC by a fixed step (analog.md 14,
 * 15), both without noise and offsets of their own yet. Readings are real numbers; the converter rounds and clips them.
 * Owned by the thread of the cells.
 */
public final class ConverterLaws {
    private static final int RAMP_OFFSET = 4;
    private static final int RAMP_SLOPE = 15;

    private final AnalogDefaults.ConverterNumbers numbers;
    private final double fullCode;
    private final CapMem capMem;

    ConverterLaws(AnalogDefaults defaults, CapMem capMem) {
        numbers = defaults.converters();
        fullCode = defaults.transfer().fullCode();
        this.capMem = capMem;
    }

    /** Whether a shared cell of column 128 shapes the CADC's ramp. */
    static boolean isRamp(int row) {
        return row == RAMP_OFFSET || row == RAMP_SLOPE;
    }

    /**
     * Reading of a CADC channel, not rounded and not clipped. Without a ramp (slope code 0) a voltage above its start reads
     * infinity, one below minus infinity.
     *
     * @param quadrant of the channel, 0..3
     * @param volt at the channel
     */
    public double cadc(int quadrant, double volt) {
        double start = numbers.cellFullV() * capMem.code(CapMem.cell(quadrant, CapMem.SHARED, RAMP_OFFSET)) / fullCode;
        double slope = capMem.code(CapMem.cell(quadrant, CapMem.SHARED, RAMP_SLOPE)) / numbers.cadcSlopeCode();
        double distance = volt - start;
        return distance == 0
                ? numbers.cadcFirstCode()
                : numbers.cadcFirstCode() + distance / (numbers.cadcStepV() * slope);
    }

    /**
     * Reading of the MADC, not rounded and not clipped.
     *
     * @param volt at its input
     */
    public double madc(double volt) {
        return volt / numbers.madcStepV();
    }

    /** What a CADC channel reads from a correlation sensor that saw no pair since its reset. */
    public int correlationBaseline() {
        return numbers.correlationBaseline();
    }
}
