package firstspike.driver.server.turn;

import static firstspike.driver.server.turn.SharedChip.MILLI;
import static firstspike.driver.server.turn.SharedChip.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.error.ChipException;
import firstspike.driver.server.turn.SharedChip.Program;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A thousand histories of users who do anything at any time, each with its seed. */
class RandomHistoriesTest {

    private static final int HISTORIES = 1000;
    private static final int INPUTS = 50;

    @Test
    @DisplayName(
            "In 1,000 random histories nothing runs twice, nothing is lost, order, turns, leases and waits are kept")
    void histories() {
        Map<UnitState, Integer> ends = new EnumMap<>(UnitState.class);
        long waited = 0;
        long refusals = 0;
        long snapshots = 0;
        for (long seed = 1; seed <= HISTORIES; seed++) {
            History history = new History(seed, false);
            try {
                history.play();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + inputsOf(seed), e);
            }
            waited += history.checker.longestWaitNs() > 0 ? 1 : 0;
            refusals += history.refusals;
            snapshots += history.chip.ran.stream()
                    .filter(one -> one.step().kind() == Step.Kind.SNAPSHOT)
                    .count();
            for (TurnEvent event : history.chip.events) {
                event.unit().ifPresent(unit -> ends.merge(unit.state(), 1, Integer::sum));
            }
        }
        // the histories are worth something: every end, many waits, snapshots and refusals came up
        assertThat(ends.keySet()).containsExactlyInAnyOrder(UnitState.values());
        assertThat(ends.values()).allMatch(count -> count > HISTORIES / 2);
        assertThat(waited).isGreaterThan(HISTORIES / 2);
        assertThat(snapshots).isGreaterThan(HISTORIES);
        assertThat(refusals).isGreaterThan(HISTORIES);
    }

    /** The last inputs before the failure of a seed: the history is played again. */
    private static List<String> inputsOf(long seed) {
        History history = new History(seed, true);
        try {
            history.play();
        } catch (RuntimeException | AssertionError expected) {
            // its first run told why
        }
        return history.told.subList(Math.max(0, history.told.size() - 20), history.told.size());
    }

    /** One history. */
    private static final class History {
        private static final long[] PERIODS = {0, 10 * MILLI, SECOND, 10 * SECOND};
        private static final long[] PAUSES = {0, 0, MILLI, 15 * MILLI, 300 * MILLI, 3 * SECOND, 40 * SECOND};

        private final SplittableRandom random;
        private final SharedChip chip;
        private final HistoryChecker checker;
        private final List<String> open = new ArrayList<>();
        private final Map<String, String> users = new HashMap<>();
        private final Map<String, Long> numbers = new HashMap<>();
        private final List<Made> made = new ArrayList<>();
        private final boolean telling;
        private final List<String> told = new ArrayList<>();
        private int ids;
        private long refusals;

        private record Made(String session, UUID unit) {}

        History(long seed, boolean telling) {
            this.telling = telling;
            random = new SplittableRandom(seed);
            TurnRules usual = TurnRules.defaults()
                    .withTurns(
                            Duration.ofNanos(PERIODS[random.nextInt(PERIODS.length)]),
                            Duration.ofNanos(random.nextBoolean() ? 0 : 20 * MILLI));
            TurnRules rules = random.nextBoolean() ? usual : usual.withoutReset();
            chip = new SharedChip(rules);
            checker = new HistoryChecker(chip, rules);
        }

        void play() {
            for (int i = 0; i < INPUTS; i++) {
                chip.runFor(PAUSES[random.nextInt(PAUSES.length)]);
                try {
                    anything();
                } catch (ChipException e) {
                    refusals++;
                }
                chip.pump();
            }
            if (random.nextInt(4) == 0) {
                chip.turns.drain(chip.now());
                chip.pump();
            }
            for (String session : open) {
                for (int connections = 0; connections < INPUTS; connections++) {
                    chip.turns.detach(chip.now(), session);
                }
            }
            chip.pump();
            chip.runFor(24 * 3600 * SECOND);
            checker.over();
        }

        private void anything() {
            int choice = random.nextInt(100);
            if (open.isEmpty() || choice < 6) {
                open();
            } else if (choice < 60) {
                submit();
            } else if (choice < 66) {
                chip.turns.attach(chip.now(), session());
            } else if (choice < 72) {
                chip.turns.detach(chip.now(), session());
            } else if (choice < 73) {
                close();
            } else if (choice < 82) {
                withUnit((session, unit) -> chip.turns.submissions().cancel(chip.now(), session, unit, "random"));
            } else if (choice < 85) {
                withUnit((session, unit) -> chip.turns.submissions().acknowledge(chip.now(), session, unit));
            } else if (choice < 88) {
                withUnit((session, unit) -> chip.turns.submissions().uploaded(chip.now(), session, unit, SECOND, 0));
            } else if (choice < 91) {
                withUnit((session, unit) -> chip.turns.submissions().uploadBroken(chip.now(), session, unit));
            } else if (choice < 94) {
                configure(session());
            } else {
                lease(choice);
            }
        }

        private String session() {
            return open.get(random.nextInt(open.size()));
        }

        private void withUnit(BiConsumer<String, UUID> what) {
            if (!made.isEmpty()) {
                Made one = made.get(made.size() - 1 - random.nextInt(Math.min(made.size(), 10)));
                note(() -> "on " + one);
                what.accept(one.session(), one.unit());
            }
        }

        private void note(Supplier<String> what) {
            if (telling) {
                told.add(what.get() + " @" + chip.now());
            }
        }

        private void open() {
            if (open.size() == 8) {
                return;
            }
            String session = "s" + ids++;
            String user = "u" + random.nextInt(4);
            long first = random.nextInt(3) == 0 ? 5 : 0;
            Optional<SessionRequest.Exclusive> exclusive = random.nextInt(8) == 0
                    ? Optional.of(new SessionRequest.Exclusive("l" + ids, 1 + random.nextLong(20 * SECOND)))
                    : Optional.empty();
            note(() -> "open " + session + " of " + user);
            chip.turns.open(chip.now(), new SessionRequest(session, user, random.nextInt(6) == 0, exclusive, first));
            checker.opened(session, user, first);
            chip.turns.attach(chip.now(), session);
            open.add(session);
            users.put(session, user);
            numbers.put(session, first);
            if (random.nextBoolean()) {
                configure(session);
            }
        }

        private void configure(String session) {
            int marker = ++ids;
            int kept = ++ids;
            boolean fails = random.nextInt(20) == 0;
            note(() -> "configure " + session + (fails ? " with a snapshot that fails" : ""));
            Program read = fails
                    ? new Program(HistoryChecker.KEPT, OptionalInt.empty(), MILLI, true)
                    : Program.read(HistoryChecker.KEPT);
            chip.turns.setReinit(
                    session, 0, Program.write(HistoryChecker.MARKER, marker), Optional.empty(), random.nextBoolean());
            chip.turns.setReinit(session, 1, Program.write(HistoryChecker.KEPT, kept), Optional.of(read), false);
            checker.configured(session, marker, kept);
        }

        private void close() {
            String session = session();
            note(() -> "close " + session);
            open.remove(session);
            chip.turns.close(chip.now(), session, "random");
        }

        private void submit() {
            String session = session();
            OptionalLong sequence = OptionalLong.empty();
            if (random.nextBoolean()) {
                long next = numbers.get(session);
                long number = Math.max(0, next + (random.nextInt(5) == 0 ? random.nextInt(5) - 2 : 0));
                sequence = OptionalLong.of(number);
                numbers.put(session, Math.max(next, number + 1));
            }
            Program[] parts = new Program[random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 1];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = part();
            }
            UUID id = new UUID(0, ++ids);
            UnitRequest request = chip.request(id, sequence, parts);
            note(() -> "submit to " + session + " " + request);
            chip.turns.submissions().submit(chip.now(), session, request);
            checker.submitted(session, request);
            made.add(new Made(session, id));
            if (random.nextInt(10) > 0) {
                chip.turns
                        .submissions()
                        .uploaded(chip.now(), session, id, random.nextBoolean() ? SECOND : SharedChip.UNLIMITED, 0);
            } else {
                chip.turns.submissions().uploadBroken(chip.now(), session, id);
            }
        }

        private Program part() {
            long takes = random.nextInt(6) == 0 ? random.nextLong(3 * SECOND) : random.nextLong(20 * MILLI);
            return switch (random.nextInt(12)) {
                case 0 -> new Program(0, OptionalInt.empty(), takes, true);
                case 1, 2, 3 -> new Program(HistoryChecker.KEPT, OptionalInt.of(++ids), takes, false);
                default -> new Program(0, OptionalInt.empty(), takes, false);
            };
        }

        private void lease(int choice) {
            String id = "lease" + random.nextInt(3);
            note(() -> "lease " + id + " " + choice);
            if (choice < 96) {
                String user = "u" + random.nextInt(4);
                chip.turns.acquireLease(chip.now(), id, user, 1 + random.nextLong(30 * SECOND));
            } else if (choice < 98) {
                chip.turns.renewLease(chip.now(), id, 1 + random.nextLong(30 * SECOND));
            } else {
                chip.turns.releaseLease(chip.now(), id);
            }
        }
    }
}
