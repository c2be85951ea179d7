package firstspike.experiments.bench;

import firstspike.driver.hostarq.EndpointHandler;
import firstspike.driver.hostarq.WordSender;
import java.util.concurrent.CompletableFuture;

/** An FPGA that checks what it gets and lends its sender. */
final class SenderOfEndpoint implements EndpointHandler {

    private final WordCheck check;
    private final CompletableFuture<WordSender> sender = new CompletableFuture<>();

    SenderOfEndpoint(WordCheck check) {
        this.check = check;
    }

    /** The sender of the open session. */
    WordSender sender() {
        return sender.join();
    }

    @Override
    public void sessionStarted(WordSender started) {
        sender.complete(started);
    }

    @Override
    public void words(long[] words, int count) {
        check.frame(WordCheck.UT_WORDS, words, count);
    }

    @Override
    public void flushRequested() {
        // nothing waits here
    }
}
