package firstspike.driver.service;

import com.google.protobuf.ByteString;
import firstspike.driver.link.RecordSink;
import firstspike.proto.chip.v1.ResultChunk;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The chunks of a result in the heap, up to a limit. One owner thread. */
final class ChunkList implements RecordSink {

    private final List<ResultChunk> chunks = new ArrayList<>();
    private final long limit;
    private long offset;
    private long produced;

    ChunkList(long limit) {
        this.limit = limit;
    }

    @Override
    public boolean add(ByteString record) {
        produced += record.size();
        if (produced > limit) {
            return false;
        }
        close(record);
        return true;
    }

    @Override
    public void addAlways(ByteString record) {
        produced += record.size();
        close(record);
    }

    @Override
    public void close(ByteString record) {
        CRC32C crc = new CRC32C();
        crc.update(record.asReadOnlyByteBuffer());
        chunks.add(ResultChunk.newBuilder()
                .setOffset(offset)
                .setRecord(record)
                .setCrc32C((int) crc.getValue())
                .build());
        offset += record.size();
    }

    List<ResultChunk> chunks() {
        return chunks;
    }

    long produced() {
        return produced;
    }
}
