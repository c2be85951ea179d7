package firstspike.runtime.exchange.hdf;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.MemoryBudget;
import io.jhdf.exceptions.HdfFilterException;
import io.jhdf.filter.DeflatePipelineFilter;
import io.jhdf.filter.Filter;
import io.jhdf.filter.FilterManager;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Takes the place of the library's decompression, which goes on as long as the compressed bytes do: a chunk may unpack to a
 * quarter of what a file may take of the memory, and codecs that no format here uses are refused.
 */
final class BoundedFilters {

    /** Most bytes of one chunk, unpacked. */
    static final long CHUNK = MemoryBudget.BYTES / 4;

    private BoundedFilters() {}

    /** Puts them in force, for the whole process. */
    static void install() {
        FilterManager.addFilter(new Deflate());
        FilterManager.addFilter(new Refused(32000, "lzf"));
        FilterManager.addFilter(new Refused(32004, "lz4"));
        FilterManager.addFilter(new Refused(32008, "bitshuffle"));
    }

    private static final class Deflate extends DeflatePipelineFilter {

        private static final int FIRST = 1 << 16;

        @Override
        public byte[] decode(byte[] encoded, int[] parameters) {
            Inflater inflater = new Inflater();
            try {
                inflater.setInput(encoded);
                byte[] out = new byte[(int) Math.min(CHUNK, Math.max(FIRST, 3L * encoded.length))];
                int size = 0;
                while (!inflater.finished()) {
                    if (size == out.length) {
                        out = Arrays.copyOf(out, larger(size));
                    }
                    int got = inflater.inflate(out, size, out.length - size);
                    if (got == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                        throw new HdfFilterException("compressed bytes end early");
                    }
                    size += got;
                }
                return Arrays.copyOf(out, size);
            } catch (DataFormatException e) {
                throw new HdfFilterException("no deflated bytes", e);
            } finally {
                inflater.end();
            }
        }

        private static int larger(int size) {
            if (size >= CHUNK) {
                throw new FormatException(
                        FormatException.Code.HDF5_LIMIT,
                        "chunk of an HDF5 data set",
                        "more than " + CHUNK + " bytes unpacked",
                        CHUNK + " bytes, a sixteenth of the memory",
                        "check where the file is from; write it with smaller chunks");
            }
            return (int) Math.min(CHUNK, 2L * size);
        }
    }

    private static final class Refused implements Filter {

        private final int id;
        private final String name;

        Refused(int id, String name) {
            this.id = id;
            this.name = name;
        }

        @Override
        public int getId() {
            return id;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public byte[] decode(byte[] encoded, int[] parameters) {
            throw new FormatException(
                    FormatException.Code.HDF5_LIMIT,
                    "data set of an HDF5 file",
                    "compressed by " + name,
                    "deflate (gzip), shuffle, checksum",
                    "write the file with gzip, or uncompressed");
        }
    }
}
