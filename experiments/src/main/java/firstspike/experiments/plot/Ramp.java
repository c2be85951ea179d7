package firstspike.experiments.plot;

/** Colours from dark to bright, even in brightness so that a grey print can be read too. */
public final class Ramp {

    private static final int[] STOPS = {0x440154, 0x46327E, 0x365C8D, 0x277F8E, 0x1FA187, 0x4AC16D, 0xA0DA39, 0xFDE725};

    private Ramp() {}

    /**
     * One colour.
     *
     * @param part 0 for the first colour to 1 for the last; what is beyond has theirs
     * @return alpha (full), red, green, blue
     */
    public static int argb(double part) {
        double place = Math.max(0, Math.min(1, part)) * (STOPS.length - 1);
        int stop = Math.min(STOPS.length - 2, (int) place);
        int colour = 0xFF;
        for (int shift = 16; shift >= 0; shift -= 8) {
            colour = colour << 8 | between(STOPS[stop] >> shift & 0xFF, STOPS[stop + 1] >> shift & 0xFF, place - stop);
        }
        return colour;
    }

    private static int between(int from, int to, double part) {
        return (int) Math.round(from + part * (to - from));
    }
}
