package firstspike.driver.server.turn;

import firstspike.driver.error.ErrorDetail;
import firstspike.driver.error.LinkLostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.UUID;

/** A chip of a few words of memory that does what the machine says, on a clock that jumps from one event to the next. */
final class SharedChip {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1000 * MILLI;
    /** What is in the memory after a run that failed. */
    static final int GARBAGE = -1;

    private static final Program RESET = Program.taking(2 * MILLI);

    static final long UNLIMITED = Long.MAX_VALUE;

    /**
     * A program: writes a word, reads one, takes its time, or fails.
     *
     * @param word that it concerns
     * @param value to write; empty: reads
     * @param takesNs how long it runs
     * @param fails whether it times out
     */
    record Program(int word, OptionalInt value, long takesNs, boolean fails) {
        static Program write(int word, int value) {
            return new Program(word, OptionalInt.of(value), MILLI, false);
        }

        static Program read(int word) {
            return new Program(word, OptionalInt.empty(), MILLI, false);
        }

        static Program taking(long ns) {
            return new Program(0, OptionalInt.empty(), ns, false);
        }

        static Program failing() {
            return new Program(0, OptionalInt.empty(), MILLI, true);
        }
    }

    /** A step that ran. */
    record Ran(Step<Program> step, long fromNs, long untilNs) {}

    /** Somebody who looks at everything that happens. */
    interface Watch {
        /** A step begins on a chip with this memory. */
        default void begun(Step<Program> step, Map<Integer, Integer> memory) {}

        /** It has ended. */
        default void ended(Step<Program> step, Program program, boolean well) {}

        /** An event was told. */
        default void told(TurnEvent event) {}

        /** The machine has nothing more to say at this time. */
        default void settled(boolean idle) {}
    }

    private record Due(long atNs, long order, Runnable what) {}

    final ChipTurns<Program> turns;
    final List<Ran> ran = new ArrayList<>();
    final List<TurnEvent> events = new ArrayList<>();
    final Map<UUID, List<Integer>> reads = new HashMap<>();
    private final Map<UUID, List<Program>> programs = new HashMap<>();
    private final Map<Integer, Integer> memory = new TreeMap<>();
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::atNs).thenComparingLong(Due::order));
    private final List<Watch> watches = new ArrayList<>();
    private Optional<Step<Program>> step = Optional.empty();
    private long stepFrom;
    private long stepEnds;
    private long order;
    private long now;
    private long ids;

    SharedChip(TurnRules rules) {
        turns = new ChipTurns<>(rules, ns -> ns / SECOND + " s");
    }

    long now() {
        return now;
    }

    /** Opens a session with one connection. */
    void open(String session, String user) {
        turns.open(now, SessionRequest.of(session, user));
        turns.attach(now, session);
    }

    /** Submits one program without a number. */
    UUID submit(String session, Program... parts) {
        return submit(session, OptionalLong.empty(), parts);
    }

    UUID submit(String session, long sequence, Program... parts) {
        return submit(session, OptionalLong.of(sequence), parts);
    }

    private UUID submit(String session, OptionalLong sequence, Program... parts) {
        UUID id = new UUID(0, ++ids);
        submit(session, id, sequence, UNLIMITED, parts);
        return id;
    }

    void submit(String session, UUID id, OptionalLong sequence, long limitNs, Program... parts) {
        turns.submissions().submit(now, session, request(id, sequence, parts));
        turns.submissions().uploaded(now, session, id, limitNs, 0);
        pump();
    }

    /** A request whose identity is its programs. */
    UnitRequest request(UUID id, OptionalLong sequence, Program... parts) {
        programs.put(id, List.of(parts));
        return new UnitRequest(id, List.of(parts), sequence, parts.length, false);
    }

    /** Does something later. */
    void at(long atNs, Runnable what) {
        agenda.add(new Due(atNs, order++, what));
    }

    void watch(Watch watch) {
        watches.add(watch);
    }

    /** Lets the time go on until then, or until nothing will ever happen. */
    void runUntil(long end) {
        pump();
        while (true) {
            long due = agenda.isEmpty() ? Long.MAX_VALUE : agenda.peek().atNs();
            long next = Math.min(due, Math.min(step.isPresent() ? stepEnds : Long.MAX_VALUE, turns.wakeNs()));
            if (next > end || next == Long.MAX_VALUE) {
                now = Math.max(now, end == Long.MAX_VALUE ? now : end);
                return;
            }
            now = Math.max(now, next);
            if (due <= now) {
                agenda.poll().what().run();
            } else if (step.isPresent() && stepEnds <= now) {
                endStep();
            } else {
                turns.advance(now);
            }
            pump();
        }
    }

    /** Runs until nothing is left to do but to wait for expiry. */
    void runFor(long ns) {
        runUntil(now + ns);
    }

    /** Lets the chip do what follows from what the machine was told. */
    void pump() {

        if (step.isPresent() && turns.stopWanted().isPresent()) {
            stepEnds = Math.min(stepEnds, now + MILLI);
        }
        if (step.isEmpty()) {
            step = turns.next(now);
            stepFrom = now;
            step.ifPresent(begun -> stepEnds = now + program(begun).takesNs());
            tellEvents();
            step.ifPresent(begun -> watches.forEach(watch -> watch.begun(begun, memory)));
        }
        tellEvents();
        watches.forEach(watch -> watch.settled(step.isEmpty()));
    }

    private void tellEvents() {
        List<TurnEvent> told = turns.events();
        events.addAll(told);
        told.forEach(event -> watches.forEach(watch -> watch.told(event)));
    }

    private Program program(Step<Program> what) {
        if (what.kind() == Step.Kind.RESET) {
            return RESET;
        }
        if (what instanceof Step.Part<Program> part) {
            return programs.get(part.unit()).get(part.part());
        }
        return what instanceof Step.Reinit<Program> reinit
                ? reinit.program()
                : ((Step.Snapshot<Program>) what).program();
    }

    private void endStep() {
        Step<Program> ended = step.orElseThrow();
        step = Optional.empty();
        ran.add(new Ran(ended, stepFrom, now));
        Program program = program(ended);
        boolean well = !program.fails() && turns.stopWanted().isEmpty();
        watches.forEach(watch -> watch.ended(ended, program, well));
        if (!well) {
            memory.replaceAll((word, value) -> GARBAGE);
            turns.ended(now, StepEnd.failed(new LinkLostException(timeOut(), null, null, false), false));
            return;
        }
        if (program == RESET) {
            memory.clear();
        }
        program.value().ifPresent(value -> memory.put(program.word(), value));
        int value = memory.getOrDefault(program.word(), 0);
        if (ended instanceof Step.Part<Program> part) {
            reads.computeIfAbsent(part.unit(), unit -> new ArrayList<>()).add(value);
        }
        turns.ended(
                now,
                ended.kind() == Step.Kind.SNAPSHOT
                        ? StepEnd.taken(Program.write(program.word(), value))
                        : StepEnd.done());
    }

    private static ErrorDetail timeOut() {
        return ErrorDetail.of("link", "broke", "", "try again");
    }

    /** Sessions of the parts that ran, in order. */
    List<String> sessionsServed() {
        return ran.stream()
                .filter(one -> one.step().kind() == Step.Kind.PART)
                .map(one -> one.step().session())
                .toList();
    }

    /** Submissions whose parts ran, in order. */
    List<UUID> unitsServed() {
        return ran.stream()
                .map(Ran::step)
                .filter(Step.Part.class::isInstance)
                .map(one -> ((Step.Part<Program>) one).unit())
                .toList();
    }

    long count(Step.Kind kind, String session) {
        return ran.stream()
                .map(Ran::step)
                .filter(one -> one.kind() == kind && one.session().equals(session))
                .count();
    }

    /** When the first part of a submission began. */
    long startOf(UUID unit) {
        return ran.stream()
                .filter(one -> one.step() instanceof Step.Part<Program> part
                        && part.unit().equals(unit))
                .mapToLong(Ran::fromNs)
                .findFirst()
                .orElseThrow();
    }
}
