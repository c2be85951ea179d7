package firstspike.runtime.calibration.store;

import firstspike.runtime.error.FormatException;
import firstspike.runtime.exchange.NpzBuilder;
import firstspike.runtime.exchange.NpzFile;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** One calibration as one zip file: the files of its folder, without a path. */
final class CalibrationArchive {

    private CalibrationArchive() {}

    static byte[] pack(SortedMap<String, byte[]> files) {
        NpzBuilder archive = new NpzBuilder();
        files.forEach(archive::addBytes);
        return archive.toBytes();
    }

    /** The files of an archive, each checked against its hash; members that the manifest does not name are passed over. */
    static SortedMap<String, byte[]> unpack(Path path) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (NpzFile archive = NpzFile.open(path)) {
            files.put(ResultFolder.MANIFEST, archive.bytes(ResultFolder.MANIFEST));
            ResultFolder.digests(ResultFolder.tree(files.get(ResultFolder.MANIFEST), path), path)
                    .keySet()
                    .forEach(name -> files.computeIfAbsent(name, archive::bytes));
        } catch (FormatException e) {
            if (e.code() == FormatException.Code.UNSUPPORTED_VERSION) {
                throw e;
            }
            throw ResultFolder.corrupt(path, e.getMessage(), "an archive of 'firstspike calibrate export'", e);
        }
        ResultFolder.check(files, path);
        return files;
    }
}
