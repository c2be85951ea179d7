package firstspike.experiments.run;

/** Where a run shows what it does. One thread. */
public interface Screen {

    /** @param text one line that is always shown */
    void message(String text);

    /** @param text one line that deserves attention */
    void warn(String text);

    /** @param text one line of progress that stays */
    void progress(String text);

    /** @param text progress that the next line overwrites, where that is possible */
    void fleeting(String text);
}
