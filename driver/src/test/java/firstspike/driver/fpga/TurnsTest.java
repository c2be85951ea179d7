package firstspike.driver.fpga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final long FOREVER = Long.MAX_VALUE;
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    @Test
    @DisplayName("Whoever asks first has the chip first")
    void inOrder() throws InterruptedException {
        Turns turns = new Turns(0, HOUR);
        assertThat(turns.take("first", FOREVER)).isTrue();
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (String user : List.of("second", "third", "fourth")) {
            Thread thread = new Thread(() -> take(turns, user, order));
            thread.start();
            threads.add(thread);
            awaitWaiting(thread);
        }

        turns.release();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).containsExactly("second", "third", "fourth");
    }

    private static void take(Turns turns, String user, List<String> order) {
        try {
            turns.take(user, FOREVER);
            order.add(user);
            turns.release();
        } catch (InterruptedException e) {
            order.add("interrupted " + user);
        }
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }

    @Test
    @DisplayName("Within its grace the last user goes on before those who wait; when it has left they follow at once")
    void grace() throws InterruptedException {
        Turns turns = new Turns(HOUR, HOUR);
        turns.take("owner", FOREVER);
        turns.release();
        CountDownLatch other = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            take(turns, "other", new ArrayList<>());
            other.countDown();
        });
        waiting.start();
        awaitWaiting(waiting);

        assertThat(turns.take("owner", FOREVER)).isTrue();
        turns.release();
        assertThat(other.getCount()).isEqualTo(1);
        turns.forget("owner");
        assertThat(other.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("The patience ends, an interrupt ends the waiting, and neither keeps a place in the row")
    void givenUp() throws InterruptedException {
        Turns turns = new Turns(0, HOUR);
        turns.take("owner", FOREVER);
        assertThat(turns.take("other", 1_000_000)).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> turns.take("other", FOREVER)).isInstanceOf(InterruptedException.class);

        turns.release();
        assertThat(turns.take("third", 0)).isTrue();
    }

    @Test
    @DisplayName("A look borrows the chip only while nobody has it, and takes nobody's grace")
    void borrowed() throws InterruptedException {
        Turns turns = new Turns(HOUR, HOUR);
        turns.take("owner", FOREVER);
        assertThat(turns.borrow()).isFalse();
        turns.release();
        assertThat(turns.borrow()).isTrue();
        assertThat(turns.take("owner", 1_000_000)).isFalse();
        turns.giveBack();
        assertThat(turns.take("owner", FOREVER)).isTrue();
    }
}
