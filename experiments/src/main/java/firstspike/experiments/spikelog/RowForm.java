package firstspike.experiments.spikelog;

/** How rows of spikes are written. */
public enum RowForm {
    /** Comma-separated with comments and a header line (formats.md 11.1). */
    CSV,
    /** One JSON object a line, with the columns of the CSV. */
    JSONL,
    /** Columns for people. */
    TABLE
}
