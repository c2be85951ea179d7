package firstspike.acceptance;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All vector cases pass from test resources and from a folder of the same files. */
@Tag("acceptance")
class Shows06VectorsIT {

    @TempDir
    private Path folder;

    @Test
    void vectorsFromResourcesAndFromAFolder() throws Exception {
        new VectorRun(folder).bothWays("6", "*VectorTest", 500);
    }
}
