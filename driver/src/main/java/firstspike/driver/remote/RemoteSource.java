package firstspike.driver.remote;

import firstspike.driver.error.UnknownTargetException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.PpuPolicy;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.WallClock;
import firstspike.proto.chip.v1.ListTargetsRequest;
import firstspike.proto.chip.v1.ListTargetsResponse;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The chips of one server, or the one that the target names; every link is a session of its own. Any thread. */
final class RemoteSource implements ChipSource {

    private final TargetUri uri;
    private final Optional<String> wanted;
    private final Optional<String> shared;
    private final Optional<PpuPolicy> ppu;
    private final LinkOptions patience;
    private final WallClock clock;
    private final Connector connector;
    private final int chunkInstructions;
    private List<ChipDescription> chips;

    RemoteSource(TargetUri uri, Connector connector, LinkOptions patience, WallClock clock, int chunkInstructions) {
        this.uri = uri;
        this.wanted = Optional.ofNullable(uri.options().get("chip"));
        this.shared = Optional.ofNullable(uri.options().get("shared"));
        this.ppu = Optional.ofNullable(uri.options().get("ppu")).map(PpuPolicy::parse);
        this.patience = patience;
        this.clock = clock;
        this.connector = connector;
        this.chunkInstructions = chunkInstructions;
    }

    @Override
    public synchronized List<ChipDescription> chips() {
        if (chips == null) {
            ListTargetsRequest request = ListTargetsRequest.newBuilder()
                    .setProtocolVersion(WireTargets.PROTOCOL)
                    .build();
            ListTargetsResponse answer = connector.connect(patience.connectPatience(), connection -> {
                try (connection) {
                    return connection.blocking(Connection.CALL_LIMIT).listTargets(request);
                }
            });
            chips = chosen(answer.getTargetsList().stream()
                    .map(target -> WireTargets.decode(target, uri.text()))
                    .toList());
        }
        return chips;
    }

    private List<ChipDescription> chosen(List<ChipDescription> all) {
        String known = all.stream().map(chip -> chip.chipId().value()).collect(Collectors.joining(", "));
        if (wanted.isEmpty() && all.size() != 1) {
            throw new UnknownTargetException(
                    "target: '" + uri + "' leads to " + all.size() + " chips (" + known + "); name one with chip=ID");
        }
        return wanted.map(id -> all.stream()
                        .filter(chip -> chip.chipId().value().equals(id))
                        .findFirst()
                        .map(List::of)
                        .orElseThrow(() -> new UnknownTargetException("target: '" + uri + "' names the chip '" + id
                                + "' (known: " + known + "); correct it")))
                .orElse(all);
    }

    @Override
    public ChipLink open(ChipId chip, LinkOptions options) {
        LinkOptions whole = shared.map(options::withShared).orElse(options);
        whole = ppu.map(whole::withPpu).orElse(whole);
        return RemoteLink.open(connector, uri.text(), chip, whole, clock, chunkInstructions);
    }

    @Override
    public void close() {
        // connections belong to links
    }
}
