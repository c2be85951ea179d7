package firstspike.experiments.cli.common;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and the request to terminate. The first one asks the command to stop at a safe place; a second one ends the process
 * at once. The classes for signals are no official part of Java, so they are looked up by name; without them the process
 * simply ends.
 */
public final class Interrupts implements AutoCloseable {

    private static final Map<String, Integer> EXITS = Map.of("INT", 130, "TERM", 143);

    private final AtomicInteger exit = new AtomicInteger();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Console console;
    private final String notice;
    private volatile Thread worker;

    private Interrupts(Console console, String notice) {
        this.console = console;
        this.notice = notice;
    }

    /**
     * Listens from now on.
     *
     * @param console says that it was heard
     * @param notice what happens now; empty: nothing to say
     * @return closes to stop listening
     */
    public static Interrupts listen(Console console, String notice) {
        Interrupts interrupts = new Interrupts(console, notice);
        EXITS.keySet().forEach(interrupts::register);
        return interrupts;
    }

    /**
     * Interrupts a thread when a signal is heard.
     *
     * @param thread that waits for something that only an interrupt ends
     */
    public void interrupts(Thread thread) {
        worker = thread;
    }

    /** Whether the command is to stop. */
    public boolean asked() {
        return exit.get() != 0;
    }

    /** Exit code of the signal that was heard, 0 for none. */
    public int exit() {
        return exit.get();
    }

    /** Waits until a signal is heard. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /** Waits until a signal is heard, so long at most; whether one was. */
    public boolean await(Duration most) throws InterruptedException {
        return asked.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void heard(String name) {
        int code = EXITS.getOrDefault(name, 130);
        if (!exit.compareAndSet(0, code)) {
            Runtime.getRuntime().halt(code);
        }
        if (!notice.isEmpty()) {
            console.message(notice);
        }
        asked.countDown();
        Thread waiting = worker;
        if (waiting != null) {
            waiting.interrupt();
        }
    }

    private void register(String name) {
        InvocationHandler handler = (proxy, method, args) -> {
            if (method.getName().equals("handle")) {
                heard(name);
                return null;
            }
            return switch (method.getName()) {
                case "hashCode" -> System.identityHashCode(proxy);
                case "equals" -> proxy == args[0];
                default -> "handler of " + name;
            };
        };
        try {
            Class<?> type = Class.forName("sun.misc.SignalHandler");
            handle(name, Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            console.detail("signal " + name + " is not listened to: " + e.getMessage());
        }
    }

    private static void handle(String name, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> type = Class.forName("sun.misc.SignalHandler");
        signal.getMethod("handle", signal, type)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
    }

    @Override
    public void close() {
        for (String name : EXITS.keySet()) {
            try {
                handle(
                        name,
                        Class.forName("sun.misc.SignalHandler")
                                .getField("SIG_DFL")
                                .get(null));
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                console.detail("signal " + name + " stays as it is: " + e.getMessage());
            }
        }
    }
}
