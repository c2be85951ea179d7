package firstspike.experiments.bench;

import firstspike.driver.link.ChipLink;
import firstspike.driver.service.ServerOptions;
import java.util.function.Consumer;

/** Speed of the service between a client and a server on loopback, both in this process unless a line says otherwise. */
final class ServeBenchmark {

    private static final String NAME = "serve";
    private static final String CHIP = "emu:nominal?seed=1";

    private final boolean quick;
    private final Consumer<Rate> sink;

    /**
     * @param quick fewer and smaller repetitions
     * @param sink takes each measured speed when it is done
     */
    ServeBenchmark(boolean quick, Consumer<Rate> sink) {
        this.quick = quick;
        this.sink = sink;
    }

    void run() {
        EmptyRoundTrip roundTrip = new EmptyRoundTrip(quick ? 3 : 5, quick ? 500 : 2000);
        try (ServedChips chips = ServedChips.serve(ServedChips.source(CHIP), ServerOptions.defaults());
                ChipLink link = chips.open()) {
            sink.accept(roundTrip.measure(NAME, "empty program in an open session", link, "at most 300 us"));
        }
    }
}
