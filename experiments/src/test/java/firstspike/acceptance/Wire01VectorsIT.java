package firstspike.acceptance;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All vectors of the wire and of the registers pass from test resources and from a folder of the same files. */
@Tag("acceptance")
class Wire01VectorsIT {

    @TempDir
    private Path folder;

    @Test
    void vectorsFromResourcesAndFromAFolder() throws Exception {
        new VectorRun(folder)
                .bothWays(
                        "wire 1",
                        "WireVector*Test,HostArqVectorTest,AnnotateVectorTest,Register*VectorTest,RouteVectorTest",
                        400);
    }
}
