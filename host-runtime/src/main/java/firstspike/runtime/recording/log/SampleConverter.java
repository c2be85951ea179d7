package firstspike.runtime.recording.log;

import firstspike.proto.log.v1.Converter;

/** Which converter sampled. */
public enum SampleConverter {
    /** The fast one, channels 0 and 1. */
    MADC(Converter.MADC_VALUE),
    /** The parallel one, channels 0 to 511 causal, 512 to 1023 acausal. */
    CADC(Converter.CADC_VALUE);

    private final int number;

    SampleConverter(int number) {
        this.number = number;
    }

    /** Number in the file. */
    int number() {
        return number;
    }

    /** The converter of a number, or null. */
    static SampleConverter of(int number) {
        return number == MADC.number ? MADC : number == CADC.number ? CADC : null;
    }
}
