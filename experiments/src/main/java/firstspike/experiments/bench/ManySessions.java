package firstspike.experiments.bench;

import firstspike.driver.error.ChipException;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.LinkOptions;
import firstspike.experiments.config.Experiment;
import firstspike.experiments.config.ExperimentFile;
import firstspike.experiments.config.Overrides;
import firstspike.runtime.execution.ChipExecutor;
import firstspike.runtime.execution.InputSpikes;
import firstspike.runtime.execution.LayerWeights;
import firstspike.runtime.execution.RunIntent;
import firstspike.runtime.mapping.ChipMapping;
import firstspike.runtime.mapping.Mapper;
import firstspike.runtime.target.ChipTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/**
 * Many sessions at once on an emulator server whose heap is small, in a process of its own. Some of them initialise their
 * chips, write a whole network and run batches of it.
 */
final class ManySessions {

    private static final int HEAP_MIB = 512;
    private static final String EXPERIMENT = "yin-yang-chip";
    private static final double LATEST = 1.5;

    private final int sessions;
    private final int configured;

    /**
     * @param sessions open at once
     * @param configured those of them whose chips hold a network
     */
    ManySessions(int sessions, int configured) {
        this.sessions = sessions;
        this.configured = configured;
    }

    /** Opens them, configures some and runs batches in those; most MiB of heap that the server was seen to use. */
    Rate measure(String name) {
        try (ServerProcess server = ServerProcess.start(HEAP_MIB)) {
            try {
                return opened(name, server);
            } catch (ChipException | IOException e) {
                // a server that its heap does not suffice is a result too
                return rate(name, HEAP_MIB).with("failed", e.getMessage()).with("server", server.lastWords());
            }
        } catch (IOException e) {
            throw new IllegalStateException("no server of its own: " + e.getMessage(), e);
        }
    }

    private Rate rate(String name, double used) {
        return Rate.of(
                name,
                sessions + " sessions open, " + configured + " configured",
                new double[] {used},
                "MiB",
                "heap of " + HEAP_MIB + " MiB");
    }

    private Rate opened(String name, ServerProcess server) throws IOException {
        Experiment experiment = ExperimentFile.bundled(EXPERIMENT)
                .resolve(new Overrides(List.of(), Optional.of(server.target()), Optional.empty(), OptionalLong.empty()))
                .orThrow();
        List<ChipLink> idle = new ArrayList<>();
        List<ChipExecutor> busy = new ArrayList<>();
        long start = System.nanoTime();
        try (ChipTarget target =
                new ChipTarget(server.target(), ServedChips.source(server.target()), LinkOptions.defaults())) {
            while (idle.size() < sessions - configured) {
                idle.add(target.open(0, 0));
            }
            double waiting = server.heapMib();
            double most = waiting;
            ChipMapping mapping = Mapper.map(
                    experiment.network(),
                    experiment.chip().orElseThrow(),
                    target.chips().get(0),
                    false);
            LayerWeights weights = new LayerWeights(experiment.training().initialWeights(experiment.network()));
            InputSpikes batch = batch(experiment);
            while (busy.size() < configured) {
                ChipExecutor executor = ChipExecutor.open(mapping, target, 0);
                busy.add(executor);
                executor.load(weights);
                executor.run(batch, RunIntent.TRAIN);
                most = Math.max(most, server.heapMib());
            }
            // all of them again, while all are there
            for (ChipExecutor executor : busy) {
                executor.run(batch, RunIntent.TRAIN);
                most = Math.max(most, server.heapMib());
            }
            double seconds = (System.nanoTime() - start) * 1e-9;
            return rate(name, most)
                    .with("idle_mib", Math.round(waiting))
                    .with("batches", 2 * configured)
                    .with("seconds", Math.round(seconds * 10) / 10.0);
        } finally {
            busy.forEach(ChipExecutor::close);
            idle.forEach(ChipLink::close);
        }
    }

    /** A batch as large as in a training of the experiment, of random times. */
    private static InputSpikes batch(Experiment experiment) {
        int inputs = experiment.network().inputs();
        double[] times = new Random(1)
                .doubles((long) inputs * experiment.training().batchSize(), 0, LATEST)
                .toArray();
        return InputSpikes.ofDense(times, inputs);
    }
}
