package firstspike.driver.hostarq;

/** Takes frames in the order of the other side, each exactly once. */
interface FrameSink {

    /**
     * One frame.
     *
     * @param packetType 0 to 65535
     * @param words valid from 0 until this method returns; the array is reused
     * @param count 0 to 180
     */
    void frame(int packetType, long[] words, int count);
}
