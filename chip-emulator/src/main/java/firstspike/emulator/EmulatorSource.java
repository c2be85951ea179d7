package firstspike.emulator;

import static firstspike.driver.error.TargetUnavailableException.Code.TARGET_UNREACHABLE;

import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.TargetUri;
import firstspike.emulator.analog.ChipModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a new virtual chip for each link, or joins the one of a shared name, which lives as long as a link to it is open. Any
 * thread.
 */
public final class EmulatorSource implements ChipSource {

    private final EmulatorOptions options;
    private final List<ChipDescription> descriptions = new ArrayList<>();
    /** By chip; a fixed pattern takes up to a megabyte. */
    private final List<ChipModel> models = new ArrayList<>();

    private final Map<String, Shared> shared = new HashMap<>();

    /** A chip of several links, and how many. */
    private static final class Shared {
        private final VirtualChip chip;
        private int links;

        private Shared(VirtualChip chip) {
            this.chip = chip;
        }
    }

    EmulatorSource(EmulatorOptions options) {
        this.options = options;
        for (int i = 0; i < options.chips(); i++) {
            descriptions.add(EmulatorDescription.of(options, i));
            models.add(options.model(i));
        }
    }

    /**
     * A source of emulated chips.
     *
     * @param target for example {@code emu:varied?seed=7&mismatch=residual}
     * @return the source
     * @throws UnknownTargetException when a part of the target is not known
     */
    public static EmulatorSource of(String target) {
        TargetUri uri = TargetUri.parse(target);
        if (!uri.scheme().equals("emu")) {
            throw new UnknownTargetException(
                    "target: '" + target + "' (limit: scheme emu); write for example emu:nominal?seed=0");
        }
        return new EmulatorSource(EmulatorOptions.of(uri));
    }

    @Override
    public List<ChipDescription> chips() {
        return List.copyOf(descriptions);
    }

    @Override
    public EmulatedChip open(ChipId chip, LinkOptions link) {
        for (int i = 0; i < descriptions.size(); i++) {
            ChipDescription description = descriptions.get(i);
            if (description.chipId().equals(chip)) {
                return open(description, i, link);
            }
        }
        throw new TargetUnavailableException(
                TARGET_UNREACHABLE,
                "chip of target " + options.target(),
                chip,
                "one of " + descriptions.stream().map(d -> d.chipId().value()).toList(),
                "name one of them");
    }

    private EmulatedChip open(ChipDescription description, int index, LinkOptions link) {
        if (link.shared().isEmpty()) {
            return new EmulatedChip(
                    description,
                    options,
                    new VirtualChip(options, index, models.get(index), link.threads()),
                    link,
                    () -> {});
        }
        String name = index + "/" + link.shared().get();
        synchronized (shared) {
            Shared joined = shared.computeIfAbsent(
                    name, any -> new Shared(new VirtualChip(options, index, models.get(index), link.threads())));
            joined.links++;
            return new EmulatedChip(description, options, joined.chip, link, () -> leave(name, joined));
        }
    }

    private void leave(String name, Shared left) {
        synchronized (shared) {
            if (--left.links == 0) {
                shared.remove(name, left);
            }
        }
    }

    @Override
    public void close() {
        synchronized (shared) {
            shared.clear();
        }
    }
}
