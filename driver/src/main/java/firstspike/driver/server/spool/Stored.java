package firstspike.driver.server.spool;

/** Something that takes room in the spool until it is closed. */
interface Stored extends AutoCloseable {

    /** Gives the room back; repeated calls have no effect. */
    @Override
    void close();
}
