package firstspike.emulator.analog;

/**
 * The signal that each circuit's readout amplifier shows to CADC and MADC (registers.md 6.1, analog.md 15). Owned by the
 * thread of the membranes.
 */
public final class ReadoutAmplifiers {
    private static final int MEMBRANE = 0;
    private static final int EXCITATORY = 1;
    private static final int INHIBITORY = 2;

    private final CircuitWords words;
    private final CircuitParameters circuits;
    private final Membranes membranes;
    private final NodeUpdates updates;
    private final ConverterLaws converters;

    ReadoutAmplifiers(
            CircuitWords words,
            CircuitParameters circuits,
            Membranes membranes,
            NodeUpdates updates,
            ConverterLaws converters) {
        this.words = words;
        this.circuits = circuits;
        this.membranes = membranes;
        this.updates = updates;
        this.converters = converters;
    }

    /**
     * Signal of a circuit at h + fraction in volt: what {@code readout_source} selects; 0 while the amplifier is off.
     * To be asked after the writes and before the pulses of h where the
     * fraction is 0, after everything of h otherwise; nothing that happens later depends on the question.
     *
     * @param circuit 0..511
     * @param h half-tick, not before the last instant of the membranes
     * @param fraction of a half-tick, in [0, 1)
     */
    public double volt(int circuit, long h, double fraction) {
        reach(h);
        return reached(circuit, h, fraction);
    }

    private double reached(int circuit, long h, double fraction) {
        if (!works(circuit)) {
            return 0;
        }
        int n = membranes.topology().nodeOf[circuit];
        switch (words.readoutSource(circuit)) {
            case MEMBRANE:
                return membranes.sampled(n, h, fraction);
            case EXCITATORY:
            case INHIBITORY:
                int l = 2 * circuit + words.readoutSource(circuit) - EXCITATORY;
                return circuits.lineVolt(l, membranes.sampledCurrent(n, l, h, fraction));
            default:
                return circuits.nonlinear.readout(circuit, membranes.sampledAdaptation(n, circuit, h, fraction));
        }
    }

    /**
     * Signal of a circuit in volt as the CADC sees it at h: {@link #volt} with the noise of a membrane where that is what the
     * amplifier shows. To be asked after {@link #reach} of h.
     */
    public double seenByCadc(int circuit, long h) {
        double volt = reached(circuit, h, 0);
        return works(circuit) && words.readoutSource(circuit) == MEMBRANE
                ? converters.seenByCadc(circuit, volt, h)
                : volt;
    }

    /** Lets settling cells take the values of h. */
    public void reach(long h) {
        updates.stepCells(h);
        updates.refresh();
    }

    /** Whether a circuit's amplifier is on and has its bias. */
    public boolean works(int circuit) {
        return words.readoutAmplifier(circuit) && circuits.readoutBiased(circuit);
    }

    /** The laws of the converters, over the shared cells as they stood at the last instant that was asked for. */
    public ConverterLaws converters() {
        return converters;
    }
}
