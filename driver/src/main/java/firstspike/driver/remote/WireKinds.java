package firstspike.driver.remote;

import firstspike.driver.link.TimeBase;
import firstspike.driver.playback.ResponseKind;
import firstspike.proto.chip.v1.Health;
import firstspike.proto.chip.v1.Responses;
import java.util.Optional;

/** The enums of results as messages, and back; empty for values that this version does not know. */
final class WireKinds {

    private WireKinds() {}

    static Responses.Kind encode(ResponseKind kind) {
        return switch (kind) {
            case OMNIBUS -> Responses.Kind.KIND_OMNIBUS;
            case JTAG -> Responses.Kind.KIND_JTAG;
            case LOOPBACK -> Responses.Kind.KIND_LOOPBACK;
        };
    }

    static Optional<ResponseKind> decode(Responses.Kind kind) {
        return switch (kind) {
            case KIND_OMNIBUS -> Optional.of(ResponseKind.OMNIBUS);
            case KIND_JTAG -> Optional.of(ResponseKind.JTAG);
            case KIND_LOOPBACK -> Optional.of(ResponseKind.LOOPBACK);
            case KIND_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }

    static Health.TimeBase encode(TimeBase base) {
        return switch (base) {
            case SYNCED -> Health.TimeBase.TIME_BASE_SYNCED;
            case UNSYNCED -> Health.TimeBase.TIME_BASE_UNSYNCED;
            case RELATIVE -> Health.TimeBase.TIME_BASE_RELATIVE;
        };
    }

    static Optional<TimeBase> decode(Health.TimeBase base) {
        return switch (base) {
            case TIME_BASE_SYNCED -> Optional.of(TimeBase.SYNCED);
            case TIME_BASE_UNSYNCED -> Optional.of(TimeBase.UNSYNCED);
            case TIME_BASE_RELATIVE -> Optional.of(TimeBase.RELATIVE);
            case TIME_BASE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
        };
    }
}
