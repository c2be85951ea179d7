package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Speed and size of the spike log, as the benchmark of the packed program measures them. */
@Tag("acceptance")
class Records02LogSpeedIT {

    @Test
    @DisplayName("J29 ten million events: size, speed of writing and of reading on one core")
    void speed() {
        Program.Outcome bench = Program.run("bench", "log", "--json").succeeded();
        JsonNode rates = bench.json().get("rates");
        double write = rates.get(0).get("median").asDouble();
        double bytes = rates.get(0).at("/facts/bytes_per_event").asDouble();
        double read = rates.get(1).get("median").asDouble();
        double inspect = rates.get(2).get("median").asDouble();
        Table.row(
                "records 2 (J29)",
                bench.command(),
                "4.0 bytes an event",
                String.format("%.3f bytes", bytes),
                bench.seconds(),
                bytes <= 4.0);
        Table.speed(
                "records 2 (J29)",
                bench.command(),
                "write 5 M events/s, read 10 M events/s on one core; inspect 1 GB in 0.5 s",
                String.format("%.1f and %.1f M events/s, %.3f s", write, read, inspect),
                bench.seconds(),
                write >= 5 && read >= 10 && inspect <= 0.5);
    }
}
