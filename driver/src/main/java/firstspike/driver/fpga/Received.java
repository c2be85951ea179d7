package firstspike.driver.fpga;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.playback.ResponseKind;
import java.util.Locale;

/**
 * How far a run came when it ended early: answers arrive in the order of the program, so everything up to the last one of
 * each kind, and every event up to the last time, is complete.
 *
 * @param survey of the program
 * @param reception of its answers
 */
record Received(ProgramSurvey survey, Reception reception) {

    /**
     * Adds what arrived.
     *
     * @param detail of the error
     * @return the detail with received and expected answers of each kind, and the time up to which events are complete
     */
    ErrorDetail addTo(ErrorDetail detail) {
        ErrorDetail told = detail;
        for (ResponseKind kind : ResponseKind.values()) {
            String name = kind.name().toLowerCase(Locale.ROOT);
            told = told.with("received." + name, reception.received(kind))
                    .with("expected." + name, survey.expected(kind));
        }
        return told.with("complete_until_ticks", reception.now())
                .with("spikes", reception.assembler().spikeCount());
    }
}
