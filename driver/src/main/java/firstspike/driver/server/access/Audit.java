package firstspike.driver.server.access;

/** Takes events that have to be answered for later. Never throws, never waits for long. Any thread. */
@FunctionalInterface
public interface Audit {

    /**
     * @param event that happened now
     */
    void record(AuditEvent event);

    /** Writes down what was only counted so far; when a server ends. */
    default void sumUp() {}
}
