package firstspike.driver.server;

import static firstspike.driver.error.InternalChipException.Code.SERVER_FAULT;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.InternalChipException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a bug into an error that tells the client a number and the log the rest. */
final class Incidents {

    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

    private Incidents() {}

    static InternalChipException record(Throwable bug) {
        String incident = UUID.randomUUID().toString();
        LOG.error("incident {}", incident, bug);
        return new InternalChipException(
                SERVER_FAULT,
                ErrorDetail.of(
                                "server",
                                "incident " + incident,
                                "",
                                "report the lines of the server's log with this id")
                        .with("incident", incident),
                null);
    }
}
