package firstspike.driver.register;

/** What may be done with a container (registers.md 4.5). */
public enum Access {
    /** Written values read back. */
    READ_WRITE(true, true),
    /** Can be written; reading it back does not work on hardware and is refused there. */
    UNREADABLE_ON_HARDWARE(true, true),
    /** Has no read address. */
    WRITE_ONLY(true, false),
    /** Has no write address. */
    READ_ONLY(false, true);

    private final boolean writable;
    private final boolean readable;

    Access(boolean writable, boolean readable) {
        this.writable = writable;
        this.readable = readable;
    }

    /** Whether it has write addresses. */
    public boolean isWritable() {
        return writable;
    }

    /** Whether it has read addresses; hardware may refuse all the same. */
    public boolean isReadable() {
        return readable;
    }
}
