package firstspike.driver.remote;

import com.google.protobuf.ByteString;
import firstspike.proto.chip.v1.ResultChunk;
import java.util.List;
import java.util.zip.CRC32C;

/** Makes the chunks of a result in a list: what a server sends, without a server. */
record ChunksOf(List<ResultChunk> chunks) implements RecordSink {

    @Override
    public boolean add(ByteString record) {
        CRC32C crc = new CRC32C();
        crc.update(record.asReadOnlyByteBuffer());
        chunks.add(ResultChunk.newBuilder()
                .setOffset(chunks.isEmpty() ? 0 : end())
                .setRecord(record)
                .setCrc32C((int) crc.getValue())
                .build());
        return true;
    }

    private long end() {
        ResultChunk last = chunks.get(chunks.size() - 1);
        return last.getOffset() + last.getRecord().size();
    }

    @Override
    public void addAlways(ByteString record) {
        add(record);
    }

    @Override
    public void close(ByteString footer) {
        add(footer);
    }
}
