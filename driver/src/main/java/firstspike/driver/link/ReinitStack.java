package firstspike.driver.link;

import firstspike.driver.playback.PlaybackProgram;
import java.util.Optional;

/** Programs that restore a user's configuration after the chip was lent out (playback.md 10.4). */
public interface ReinitStack {

    /**
     * @param program write-only program to run when the chip comes back
     * @param snapshot program whose reads replace it when the chip is lost
     * @return index of the new top
     */
    int push(PlaybackProgram program, Optional<PlaybackProgram> snapshot);

    /**
     * @param index of an entry
     * @param program its new program
     * @param snapshot its new snapshot program
     */
    void update(int index, PlaybackProgram program, Optional<PlaybackProgram> snapshot);

    /** Removes the top entry. */
    void pop();

    /** Makes all entries run before the next program. */
    void enforce();
}
