package firstspike.driver.register;

/** What happens to the words of a container beyond putting bits in place. */
enum WordPacking {
    /** Nothing. */
    PLAIN,
    /** Each word is stored as its inverse Gray code, as the controller applies the forward code (registers.md 4.9). */
    INVERSE_GRAY,
    /** Words 0 and 1 select the debug cell: one hot bit for the row, and the column (registers.md 10.5). */
    CAPMEM_DEBUG_READOUT;

    private static final int ROWS = 24;
    private static final int COLUMNS = 130;
    private static final int ROW_MASK = (1 << ROWS) - 1;

    /** Bits used in a word beyond those of the fields. */
    int extraMask(int word) {
        if (this != CAPMEM_DEBUG_READOUT) {
            return 0;
        }
        return word == 0 ? ROW_MASK : word == 1 ? -1 : 0;
    }

    /** Turns packed fields into what is written. */
    void pack(ContainerLayout layout, ContainerValues values, int[] words) {
        switch (this) {
            case PLAIN -> {}
            case INVERSE_GRAY -> {
                for (int i = 0; i < words.length; i++) {
                    words[i] = inverseGray(words[i]);
                }
            }
            case CAPMEM_DEBUG_READOUT -> {
                if (values.isSet("debug_readout_enable")) {
                    int cell = (int) values.value("debug_capmem_coord");
                    words[0] = 1 << ROWS - 1 - cell / COLUMNS;
                    words[1] = cell % COLUMNS;
                }
            }
        }
    }

    /** Turns what was read into packed fields; unused bits are 0 already. */
    void unpack(int[] words) {
        if (this == INVERSE_GRAY) {
            for (int i = 0; i < words.length; i++) {
                words[i] ^= words[i] >>> 1;
            }
        }
    }

    /** Sets the fields that have no bits of their own. */
    void complete(ContainerLayout layout, int[] words, String place, long[] values) {
        if (this != CAPMEM_DEBUG_READOUT || words[0] == 0) {
            return;
        }
        // of several hot bits the highest decides
        int row = ROWS - 1 - (31 - Integer.numberOfLeadingZeros(words[0]));
        long column = Integer.toUnsignedLong(words[1]);
        if (column >= COLUMNS) {
            throw new IllegalArgumentException(layout.container().title() + ".debug_capmem_coord" + place
                    + String.format(": word 1 is 0x%08X, no column of 0..%d", words[1], COLUMNS - 1));
        }
        values[layout.fieldIndex("debug_readout_enable")] = 1;
        values[layout.fieldIndex("debug_capmem_coord")] = COLUMNS * row + column;
    }

    private static int inverseGray(int word) {
        int code = word;
        for (int shift = 1; shift < Integer.SIZE; shift *= 2) {
            code ^= code >>> shift;
        }
        return code;
    }
}
