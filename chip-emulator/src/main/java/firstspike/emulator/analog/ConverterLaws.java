package firstspike.emulator.analog;

/**
 * What the converters make of a voltage: the CADC by the ramp cells of its quadrant with the fixed pattern of each channel, the
 * MADC by a fixed step, both with their trial noise (analog.md 13 item 4, 14, 15). Readings are real numbers; the converter
 * rounds and clips them. Owned by the thread of the cells.
 */
public final class ConverterLaws {
    private static final int RAMP_OFFSET = 4;
    private static final int RAMP_SLOPE = 15;

    private final AnalogDefaults.ConverterNumbers numbers;
    private final AnalogDefaults.NoiseNumbers noise;
    private final double fullCode;
    private final FixedPattern pattern;
    private final CapMem capMem;
    private final TrialClock clock;
    private final Philox4x64 trial;
    private final boolean noisy;

    ConverterLaws(ChipModel model, CapMem capMem, TrialClock clock) {
        numbers = model.defaults().converters();
        noise = model.defaults().noise();
        fullCode = model.defaults().transfer().fullCode();
        pattern = model.pattern();
        noisy = model.fidelity().varied();
        trial = model.trialStream();
        this.capMem = capMem;
        this.clock = clock;
    }

    /**
     * Membrane of a circuit in volt as the CADC sees it in a conversion: with the noise of that instant, the same for both
     * channels of the column.
     *
     * @param circuit 0..511
     * @param volt of the circuit's readout amplifier
     * @param h half-tick of the conversion
     */
    double seenByCadc(int circuit, double volt, long h) {
        return volt + draw(noise.membraneV(), circuit, Quantity.MEMBRANE_NOISE, h);
    }

    /**
     * Reading of a CADC channel but for its noise. Without a ramp (slope code 0) a voltage above its start reads infinity, one
     * below minus infinity.
     *
     * @param channel 512·hemisphere + 256·type + column
     * @param volt at the channel
     */
    public double cadcSeen(int channel, double volt) {
        double reading = cadc(FixedPattern.quadrantOfChannel(channel), volt);
        return numbers.cadcFirstCode()
                + (reading - numbers.cadcFirstCode()) * pattern.cadcGain[channel]
                + pattern.cadcOffset[channel];
    }

    /**
     * Reading of a CADC channel that sees a correlation sensor, but for its noise.
     *
     * @param accumulated what pairs took away from the baseline, in counts
     */
    public double sensorSeen(double accumulated) {
        return numbers.correlationBaseline() - accumulated;
    }

    /**
     * Noise of a CADC channel in a conversion: what is added to its reading.
     *
     * @param channel 512·hemisphere + 256·type + column
     * @param conversion of {@link #conversion}
     */
    public double cadcNoise(int channel, Conversion conversion) {
        if (!noisy || noise.cadcCounts() == 0) {
            return 0;
        }
        trial.block(conversion.key(), channel, Quantity.CADC_NOISE, conversion.ordinal());
        return noise.cadcCounts() * trial.normalA();
    }

    /**
     * What decides the draws of a conversion, which may be made when it is over.
     *
     * @param key of its instant
     * @param ordinal of its program
     */
    public record Conversion(long key, long ordinal) {}

    /** @param h half-tick of the conversion in the running program */
    public Conversion conversion(long h) {
        return new Conversion(clock.key(h), clock.ordinal());
    }

    /**
     * Reading of the MADC.
     *
     * @param channel multiplexer 0 or 1
     * @param volt at its input
     * @param h half-tick of the sample
     */
    public double madc(int channel, double volt, long h) {
        return madc(volt) + draw(noise.madcCounts(), channel, Quantity.MADC_NOISE, h);
    }

    /** Voltage of a voltage cell in volt as it has settled; 0 for a current cell and where there is none. */
    public double cellVolt(int quadrant, int column, int row) {
        boolean isVoltage = column >= 0 && column < CapMem.COLUMNS && row >= 0 && row < CapMem.VOLTAGE_ROWS;
        return isVoltage ? numbers.cellFullV() * capMem.code(CapMem.cell(quadrant, column, row)) / fullCode : 0;
    }

    /** Nominal reading of a CADC channel of a quadrant. */
    double cadc(int quadrant, double volt) {
        double start = numbers.cellFullV() * capMem.code(CapMem.cell(quadrant, CapMem.SHARED, RAMP_OFFSET)) / fullCode;
        double slope = capMem.code(CapMem.cell(quadrant, CapMem.SHARED, RAMP_SLOPE)) / numbers.cadcSlopeCode();
        double distance = volt - start;
        return distance == 0
                ? numbers.cadcFirstCode()
                : numbers.cadcFirstCode() + distance / (numbers.cadcStepV() * slope);
    }

    /** Nominal reading of the MADC. */
    double madc(double volt) {
        return volt / numbers.madcStepV();
    }

    private double draw(double sigma, int element, int quantity, long h) {
        if (!noisy || sigma == 0) {
            return 0;
        }
        trial.block(clock.key(h), element, quantity, clock.ordinal());
        return sigma * trial.normalA();
    }
}
