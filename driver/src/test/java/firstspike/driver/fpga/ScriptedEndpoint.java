package firstspike.driver.fpga;

import firstspike.driver.hostarq.EndpointHandler;
import firstspike.driver.hostarq.HostArqEndpoint;
import firstspike.driver.hostarq.WordSender;
import firstspike.driver.message.WireException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A {@link ScriptedFpga} on two UDP ports of loopback, for whatever finds its FPGA by a target. */
public final class ScriptedEndpoint implements AutoCloseable {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "scripted-fpga");
        thread.setDaemon(true);
        return thread;
    });
    private final ScriptedFpga fpga;
    private final HostArqEndpoint endpoint;
    private volatile long delayNs;

    private ScriptedEndpoint(ScriptedFpga fpga) {
        this.fpga = fpga;
        endpoint = HostArqEndpoint.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0, ScriptedFpga.INFORMATION, new Board());
    }

    /**
     * @param fpga that executes
     * @return the FPGA on free ports
     */
    public static ScriptedEndpoint on(ScriptedFpga fpga) {
        return new ScriptedEndpoint(fpga);
    }

    /** What a link opens it with. */
    public String target() {
        return "fpga://127.0.0.1:" + endpoint.dataPort() + "?reset_port=" + endpoint.resetPort();
    }

    /**
     * @param nanos how long answers are held back from now on
     */
    public void delay(long nanos) {
        delayNs = nanos;
    }

    @Override
    public void close() {
        endpoint.close();
        executor.shutdownNow();
    }

    private final class Board implements EndpointHandler {

        private WordSender host;

        @Override
        public void sessionStarted(WordSender sender) {
            fpga.sessionStarted();
            host = sender;
        }

        @Override
        public void words(long[] words, int count) {
            long[] copy = Arrays.copyOf(words, count);
            WordSender to = host;
            executor.schedule(() -> answer(copy, to), delayNs, TimeUnit.NANOSECONDS);
        }

        private void answer(long[] words, WordSender to) {
            long[] answer = fpga.execute(words, words.length);
            try {
                to.words(answer, answer.length);
                to.flush();
            } catch (WireException e) {
                // the session has ended, and with it who wanted to know
            }
        }

        @Override
        public void flushRequested() {
            // answers never wait
        }
    }
}
