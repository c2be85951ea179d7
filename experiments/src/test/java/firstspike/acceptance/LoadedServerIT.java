package firstspike.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import firstspike.driver.error.ChipException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.TargetUri;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.playback.PlaybackProgramBuilder;
import firstspike.driver.remote.GrpcProvider;
import firstspike.driver.remote.WireTargets;
import firstspike.proto.chip.v1.ChipServiceGrpc;
import firstspike.proto.chip.v1.OpenSessionRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A server with 512 MB of heap under a load that wants all of it: sessions without end and submissions that nobody acknowledges. An
 * honest training goes on beside it. {@code -Dfirstspike.load.seconds} says how long, 600 by default.
 */
@Tag("acceptance")
class LoadedServerIT {

    private static final int SECONDS = Integer.getInteger("firstspike.load.seconds", 600);
    private static final int HEAP_MIB = 512;
    private static final String CHIP = "varied?seed=7&mismatch=residual";
    private static final int EPOCHS = 4;
    private static final int CONNECTIONS = 16;
    private static final int SESSIONS = 1000;

    /** How often the server answered what to the load. */
    private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong submitted = new AtomicLong();

    @Test
    @DisplayName(
            "an honest training beside a load that wants all memory: equal arrays, typed refusals, the heap as before")
    void load() throws Exception {
        long begin = System.nanoTime();
        Path undisturbed = train("emu:" + CHIP);
        long before;
        long after;
        int trainings = 0;
        try (Served server = Served.emulator(HEAP_MIB, CHIP)) {
            train(server.grpcTarget());
            before = heapKiB(server.pid());
            List<Thread> load = new ArrayList<>();
            int port = server.ready().get("port").asInt();
            load.add(new Thread(() -> openSessions(port)));
            for (int i = 0; i < 4; i++) {
                load.add(new Thread(() -> submitForNobody(server.grpcTarget())));
            }
            load.forEach(Thread::start);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            do {
                Comparison.assertEqualButLink(undisturbed, train(server.grpcTarget()), EPOCHS);
                trainings++;
            } while (System.nanoTime() < end);
            over.set(true);
            for (Thread thread : load) {
                thread.join();
            }
            // what the load held is given back: the next training finds the server as the first one did
            Comparison.assertEqualButLink(undisturbed, train(server.grpcTarget()), EPOCHS);
            after = awaitHeap(server.pid(), before);
        }
        boolean typed =
                answers.keySet().stream().noneMatch(code -> code.contains("UNKNOWN") || code.contains("INTERNAL"));
        Table.row(
                "load",
                "emulate with " + HEAP_MIB + " MB, " + SESSIONS + " sessions asked for, submissions unacknowledged, "
                        + SECONDS + " s; train yin-yang beside it",
                "arrays of an undisturbed training, every refusal typed, heap within 10 % of before",
                trainings + " trainings equal; " + submitted + " submissions; answers " + new TreeMap<>(answers)
                        + "; heap " + before + " and " + after + " KiB",
                (System.nanoTime() - begin) / 1e9,
                typed && !answers.isEmpty() && after <= before * 1.1);
    }

    private static Path train(String target) {
        JsonNode result = Program.train(
                "yin-yang",
                "--target",
                target,
                "--set",
                "training.epochs=" + EPOCHS,
                "--set",
                "report.figures=[]",
                "--threads",
                "1",
                "--connect-patience",
                "60s");
        return Path.of(result.get("run").get("path").asText());
    }

    private void count(StatusRuntimeException e) {
        boolean detailed = e.getTrailers() != null && !e.getTrailers().keys().isEmpty();
        count(e.getStatus().getCode() + (detailed ? "" : " UNKNOWN detail"));
    }

    private void count(String answer) {
        answers.computeIfAbsent(answer, key -> new AtomicLong()).incrementAndGet();
    }

    /** Opens sessions on several connections under several names until each is refused, and again. */
    private void openSessions(int port) {
        List<ManagedChannel> channels = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            channels.add(NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .usePlaintext()
                    .build());
        }
        try {
            for (int i = 0; !over.get(); i = (i + 1) % SESSIONS) {
                try {
                    ChipServiceGrpc.newBlockingStub(channels.get(i % CONNECTIONS))
                            .withDeadlineAfter(30, TimeUnit.SECONDS)
                            .openSession(OpenSessionRequest.newBuilder()
                                    .setProtocolVersion(WireTargets.PROTOCOL)
                                    .setUser("greedy-" + i % 4)
                                    .build());
                    count("OK");
                } catch (StatusRuntimeException e) {
                    count(e);
                }
            }
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }

    /** Runs programs with a megabyte of result each and has no result acknowledged: the link is dropped as it is. */
    private void submitForNobody(String target) {
        PlaybackProgramBuilder builder = PlaybackProgram.builder();
        for (int i = 0; i < 60_000; i++) {
            builder.marker();
        }
        PlaybackProgram program = builder.done();
        while (!over.get()) {
            try (ChipSource source = new GrpcProvider().source(TargetUri.parse(target), LinkOptions.defaults());
                    ChipLink link = source.open(source.chips().get(0).chipId(), LinkOptions.defaults())) {
                for (int i = 0; i < 64 && !over.get(); i++) {
                    link.submit(program, RunOptions.defaults());
                    submitted.incrementAndGet();
                }
            } catch (ChipException e) {
                count(e.code());
            }
        }
    }

    /** Live heap after a collection, KiB. */
    private static long heapKiB(long pid) throws Exception {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Program.execute("jcmd", Program.root(), Map.of(), List.of(jcmd, Long.toString(pid), "GC.run"))
                .succeeded();
        String info = Program.execute(
                        "jcmd", Program.root(), Map.of(), List.of(jcmd, Long.toString(pid), "GC.heap_info"))
                .succeeded()
                .out();
        return info.lines()
                .map(line -> line.replaceAll(".* used ([0-9]+)K.*", "$1"))
                .filter(text -> text.matches("[0-9]+"))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow(() -> new AssertionError(info));
    }

    /** Sessions of those who are gone end by themselves; the heap is looked at until they have, at most six minutes. */
    private static long awaitHeap(long pid, long before) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(6);
        long now;
        do {
            now = heapKiB(pid);
        } while (now > before * 1.1 && System.nanoTime() < end);
        return now;
    }
}
