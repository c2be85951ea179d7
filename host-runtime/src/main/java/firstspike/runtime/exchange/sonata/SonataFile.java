package firstspike.runtime.exchange.sonata;

import firstspike.runtime.exchange.hdf.HdfGroup;
import io.jhdf.api.WritableGroup;

/** What every SONATA file begins with. */
final class SonataFile {

    static final int MAGIC = 0x0A7A;
    static final String EMPTY = "firstspike_empty_populations";

    private SonataFile() {}

    static void putHead(WritableGroup root) {
        root.putAttribute("magic", MAGIC, true);
        root.putAttribute("version", new int[] {0, 1}, true);
    }

    /** Refuses a file that says to be another kind; many in the wild say nothing. */
    static void check(HdfGroup root) {
        root.numberAttribute("magic").ifPresent(magic -> {
            if (magic.length != 1 || magic[0] != MAGIC) {
                throw root.malformed("@magic", magic.length == 0 ? "nothing" : magic[0], MAGIC);
            }
        });
    }
}
