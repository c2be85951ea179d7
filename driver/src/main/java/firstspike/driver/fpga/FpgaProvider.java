package firstspike.driver.fpga;

import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.TargetUri;
import java.util.Set;

/** Targets {@code fpga://host[:port]} (targets.md 4): one chip behind an FPGA that speaks HostARQ. */
public final class FpgaProvider implements LinkProvider {

    /** For {@link java.util.ServiceLoader}. */
    public FpgaProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("fpga");
    }

    @Override
    public ChipSource source(TargetUri uri, LinkOptions patience) {
        return FpgaSource.of(uri, FpgaOptions.defaults().withPatience(patience));
    }
}
