package firstspike.driver.register;

/**
 * Addresses of all instances of a container: the coordinate's number, taken apart into digits of mixed radix with the
 * most significant first, gives one addend per digit; each word has an offset.
 */
final class AddressRule {

    private final AddressDigit[] digits;
    private final int[] offsets;
    private final int instances;

    AddressRule(AddressDigit[] digits, int[] offsets) {
        this.digits = digits;
        this.offsets = offsets;
        int product = 1;
        for (AddressDigit digit : digits) {
            product = Math.multiplyExact(product, digit.count());
        }
        instances = product;
    }

    int instances() {
        return instances;
    }

    /** Words that have an address: all, or none. */
    int words() {
        return offsets.length;
    }

    int address(int coordinate, int word) {
        int address = offsets[word];
        int rest = coordinate;
        for (int i = digits.length - 1; i >= 0; i--) {
            AddressDigit digit = digits[i];
            address += digit.addend(rest % digit.count(), word);
            rest /= digit.count();
        }
        return address;
    }

    /**
     * Coordinate whose word lies at an address, within the region of one choice of bases.
     *
     * @param regionBase coordinate with that choice and all strided digits 0
     * @return the coordinate, or -1 if the address is no such word of any instance
     */
    int coordinateAt(int address, int word, int regionBase) {
        int rest = address - address(regionBase, word);
        if (rest < 0) {
            return -1;
        }
        int coordinate = regionBase;
        // digits by falling stride: what the larger ones leave belongs to the smaller ones
        for (int taken = 0, done = 0; taken < digits.length; taken++) {
            int best = -1;
            for (int i = 0; i < digits.length; i++) {
                if ((done >> i & 1) == 0
                        && !digits[i].opensRegions()
                        && (best < 0 || digits[i].stride(word) > digits[best].stride(word))) {
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            done |= 1 << best;
            int stride = digits[best].stride(word);
            int value = stride == 0 ? 0 : Math.min(rest / stride, digits[best].count() - 1);
            rest -= value * stride;
            coordinate += value * weight(best);
        }
        return rest == 0 ? coordinate : -1;
    }

    /** Coordinates of all choices of bases, strided digits 0. */
    int[] regionBases() {
        int[] bases = {0};
        for (int i = 0; i < digits.length; i++) {
            if (digits[i].opensRegions()) {
                int[] next = new int[bases.length * digits[i].count()];
                for (int k = 0; k < next.length; k++) {
                    next[k] = bases[k / digits[i].count()] + k % digits[i].count() * weight(i);
                }
                bases = next;
            }
        }
        return bases;
    }

    /** Distance from the first to the last address of one word within a region. */
    long span(int word) {
        long span = 0;
        for (AddressDigit digit : digits) {
            if (!digit.opensRegions()) {
                span += (long) (digit.count() - 1) * digit.stride(word);
            }
        }
        return span;
    }

    private int weight(int digit) {
        int weight = 1;
        for (int i = digit + 1; i < digits.length; i++) {
            weight *= digits[i].count();
        }
        return weight;
    }
}
