package firstspike.driver.remote;

import static org.assertj.core.api.Assertions.assertThat;

import firstspike.driver.hostarq.Frames;
import firstspike.driver.message.RandomMessages;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ProgramChunkTest {

    @Test
    @DisplayName("W055 the bytes of a program chunk are the payload of a frame with the same words")
    void chunkIsFramePayload() {
        Random random = new Random(55);
        long[] words = random.longs()
                .map(ignored -> RandomMessages.toFpga(random).word())
                .filter(word -> word != ToFpga.HALT)
                .limit(Frames.MAX_WORDS)
                .toArray();
        byte[] frame = new byte[Frames.MAX_BYTES];
        Frames.encode(frame, 0, 255, 0, Frames.WORDS, words, 0, words.length);
        byte[] chunk = UploadPart.of(PlaybackProgram.ofWords(words))
                .open(0)
                .next(0, words.length, true)
                .getWords()
                .toByteArray();
        assertThat(chunk).isEqualTo(Arrays.copyOfRange(frame, Frames.HEADER_BYTES, frame.length));
    }
}
