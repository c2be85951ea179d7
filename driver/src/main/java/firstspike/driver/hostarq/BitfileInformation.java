package firstspike.driver.hostarq;

import java.util.Objects;

/**
 * What an FPGA says of itself when a session opens (wire.md 12).
 *
 * @param version of the bitfile
 * @param compatibleUntil lowest software generation that still fits it
 * @param text the whole information text, YAML
 */
public record BitfileInformation(int version, int compatibleUntil, String text) {

    /** Refuses a null text. */
    public BitfileInformation {
        Objects.requireNonNull(text, "text");
    }
}
