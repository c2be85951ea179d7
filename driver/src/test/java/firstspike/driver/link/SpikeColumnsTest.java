package firstspike.driver.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpikeColumnsTest {

    @Test
    @DisplayName("T030 chip time is rebuilt from arrival and stamp; T031 across the wrap of the system time")
    void chipTime() {
        assertThat(SpikeColumns.chipTime(1000, 0xd0)).isEqualTo(1000);
        assertThat(SpikeColumns.chipTime(1000, 0xd2)).isEqualTo(873);
        assertThat(SpikeColumns.chipTime(93, 106)).isEqualTo(53);
        assertThat(SpikeColumns.chipTime(5, 0xf0)).isEqualTo(8_796_093_022_200L);
    }

    @Test
    @DisplayName("T033 an event older than 127 ticks is aliased by 128")
    void alias() {
        assertThat(SpikeColumns.chipTime(300, 200)).isEqualTo(228);
    }

    @Test
    @DisplayName("T150 trace order is kept; the sorted view is stable")
    void order() {
        SpikeColumns spikes =
                SpikeColumns.ofTimes(new short[] {1, 2, 3}, new byte[] {40, 20, 20}, new long[] {30, 31, 31});

        assertThat(spikes.chipTimes()).containsExactly(20, 10, 10);
        assertThat(spikes.byChipTime()).containsExactly(1, 2, 0);
    }

    @Test
    @DisplayName("T268 a gap of 2^32 ticks needs a new chunk, one tick less does not")
    void gaps() {
        long largest = (1L << 32) - 1;
        SpikeColumns spikes = SpikeColumns.ofTimes(new short[] {1, 2}, new byte[] {0, 0}, new long[] {5, 5 + largest});

        assertThat(SpikeColumns.of(5, new short[] {1, 2}, new byte[] {0, 0}, new int[] {0, spikes.fpgaDelta(1)}))
                .isEqualTo(spikes);
        assertThatThrownBy(() ->
                        SpikeColumns.ofTimes(new short[] {1, 2}, new byte[] {0, 0}, new long[] {5, 5 + (1L << 32)}))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
