package firstspike.emulator;

import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.LinkProvider;
import firstspike.driver.link.TargetUri;
import java.util.Set;

/** Answers targets of the scheme {@code emu} (targets.md 2). */
public final class EmulatorProvider implements LinkProvider {

    /** For the service loader. */
    public EmulatorProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("emu");
    }

    @Override
    public ChipSource source(TargetUri uri, LinkOptions patience) {
        return new EmulatorSource(EmulatorOptions.of(uri));
    }
}
