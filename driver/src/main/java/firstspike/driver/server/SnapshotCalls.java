package firstspike.driver.server;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.proto.chip.v1.RestoreRequest;
import firstspike.proto.chip.v1.RestoreResponse;
import firstspike.proto.chip.v1.SnapshotRequest;
import firstspike.proto.chip.v1.SnapshotResponse;

/** Captures the chip of a session and puts it back (playback.md 14.1): for virtual chips of one session. May wait for the chip. */
record SnapshotCalls(Sessions sessions) {

    SnapshotResponse snapshot(SnapshotRequest request) {
        Session session = sessions.called(request.getSessionId());
        return SnapshotResponse.newBuilder()
                .setSnapshotId(session.lane().whileIdle(() -> session.link().snapshot()))
                .build();
    }

    RestoreResponse restore(RestoreRequest request) {
        String id = request.getSnapshotId();
        if (id.length() > Answers.LONGEST_NAME) {
            throw new ProgramRejectedException(
                    MALFORMED_REQUEST,
                    "snapshot",
                    Answers.clip(id),
                    "ids of this session",
                    "use an id that Snapshot gave");
        }
        Session session = sessions.called(request.getSessionId());
        return session.lane().whileIdle(() -> {
            session.link().restore(id);
            return RestoreResponse.getDefaultInstance();
        });
    }
}
