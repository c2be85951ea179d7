package firstspike.driver.remote;

import firstspike.driver.error.CancelledException;
import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.link.KeptReinit;
import firstspike.driver.link.ReinitStack;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.proto.chip.v1.PopReinitRequest;
import firstspike.proto.chip.v1.ReinitHeader;
import firstspike.proto.chip.v1.SetReinitMessage;
import firstspike.proto.chip.v1.SetReinitResponse;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The stack of a session, kept by its server (playback.md 10.4). Setting an entry twice is setting it once. One owner thread. */
final class RemoteReinit implements ReinitStack {

    private final RemoteSession session;
    private final int chunkInstructions;
    private int height;

    RemoteReinit(RemoteSession session, int chunkInstructions) {
        this.session = session;
        this.chunkInstructions = chunkInstructions;
    }

    @Override
    public int push(PlaybackProgram program, Optional<PlaybackProgram> snapshot) {
        set(header(height, snapshot.isPresent(), false), programs(program, snapshot));
        return height++;
    }

    @Override
    public void update(int index, PlaybackProgram program, Optional<PlaybackProgram> snapshot) {
        KeptReinit.checkIndex(index, height);
        set(header(index, snapshot.isPresent(), false), programs(program, snapshot));
    }

    @Override
    public void pop() {
        KeptReinit.checkIndex(height - 1, height);
        PopReinitRequest request = PopReinitRequest.newBuilder()
                .setSessionId(session.id())
                .setIndex(height - 1)
                .build();
        boolean[] tried = new boolean[1];
        session.call(Connection.CALL_LIMIT, Deadline.never(session.clock()), stub -> {
            boolean again = tried[0];
            tried[0] = true;
            try {
                return Optional.of(stub.popReinit(request));
            } catch (StatusRuntimeException e) {
                if (again
                        && WireErrors.rebuild(e, null, session.peer()) instanceof ProgramRejectedException rejected
                        && rejected.is(ProgramRejectedException.Code.REINIT_ORDER)) {
                    // the answer to the first try was lost
                    return Optional.empty();
                }
                throw e;
            }
        });
        height--;
    }

    /** An empty stack has nothing to enforce; otherwise a header without programs changes no entry. */
    @Override
    public void enforce() {
        if (height > 0) {
            set(header(height - 1, false, true), List.of());
        }
    }

    private static List<PlaybackProgram> programs(PlaybackProgram program, Optional<PlaybackProgram> snapshot) {
        List<PlaybackProgram> programs = new ArrayList<>(List.of(program));
        snapshot.ifPresent(programs::add);
        return programs;
    }

    private ReinitHeader header(int index, boolean hasSnapshot, boolean enforce) {
        return ReinitHeader.newBuilder()
                .setSessionId(session.id())
                .setIndex(index)
                .setHasSnapshot(hasSnapshot)
                .setEnforce(enforce)
                .build();
    }

    private void set(ReinitHeader header, List<PlaybackProgram> programs) {
        List<UploadPart> parts = programs.stream().map(UploadPart::of).toList();
        Deadline never = Deadline.never(session.clock());
        while (true) {
            int connection = session.connected(never);
            Optional<Throwable> failure = trySet(header, parts);
            if (failure.isEmpty()) {
                session.progress();
                return;
            }
            if (!WireErrors.isLost(failure.get())) {
                throw WireErrors.rebuild(failure.get(), null, session.peer());
            }
            session.mend(connection, failure.get(), never);
        }
    }

    private Optional<Throwable> trySet(ReinitHeader header, List<UploadPart> parts) {
        Exchange<SetReinitMessage, SetReinitResponse> exchange = new Exchange<>();
        session.streaming()
                .withDeadlineAfter(RemoteLink.LONGEST_CALL.toHours(), TimeUnit.HOURS)
                .setReinit(exchange);
        try {
            exchange.sendAtOnce(SetReinitMessage.newBuilder().setHeader(header).build());
            boolean open = true;
            for (int part = 0; open && part < parts.size(); part++) {
                UploadPart.Words words = parts.get(part).open(0);
                do {
                    exchange.sendAtOnce(SetReinitMessage.newBuilder()
                            .setChunk(words.next(part, chunkInstructions, part + 1 == parts.size()))
                            .build());
                    open = words.ended() || exchange.awaitReady();
                } while (open && !words.ended());
            }
            if (open) {
                exchange.endSending();
            }
            while (exchange.next().isPresent()) {
                // the height is counted here
            }
            return exchange.failure();
        } catch (Exchange.Expired e) {
            throw new IllegalStateException("a call without deadline expired", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancelledException(
                    ErrorDetail.of("re-initialisation program", "interrupted", "", "set it again"), e, null, true);
        } finally {
            exchange.cancel();
        }
    }
}
