package firstspike.experiments.wire;

/** Which way words travel. */
public enum Direction {
    /** From the host to the FPGA. */
    TO,
    /** From the FPGA to the host. */
    FROM
}
