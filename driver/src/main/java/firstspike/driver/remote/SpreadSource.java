package firstspike.driver.remote;

import static firstspike.driver.error.TargetUnavailableException.Code.TARGET_UNREACHABLE;

import firstspike.driver.error.TargetUnavailableException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.driver.link.ChipLink;
import firstspike.driver.link.ChipSource;
import firstspike.driver.link.LinkOptions;
import firstspike.driver.link.TargetUri;
import firstspike.driver.link.WallClock;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * One chip of each server behind one name ({@code spread=true}, targets.md 3), sorted by chip id and then address, whoever
 * answers first. All of them must answer: with one missing, samples would be dealt out otherwise. Any thread.
 */
final class SpreadSource implements ChipSource {

    private final TargetUri uri;
    private final Connector connector;
    private final LinkOptions patience;
    private final WallClock clock;
    private final int chunkInstructions;
    private List<Member> members;

    SpreadSource(TargetUri uri, Connector connector, LinkOptions patience, WallClock clock, int chunkInstructions) {
        this.uri = uri;
        this.connector = connector;
        this.patience = patience;
        this.clock = clock;
        this.chunkInstructions = chunkInstructions;
    }

    private synchronized List<Member> members() {
        if (members == null) {
            List<Member> found = new ArrayList<>();
            for (InetSocketAddress address : connector.addresses(patience.connectPatience())) {
                RemoteSource source = new RemoteSource(uri, connector.to(address), patience, clock, chunkInstructions);
                found.add(new Member(source, source.chips().get(0), address));
            }
            found.sort(
                    Comparator.comparing((Member member) -> member.chip.chipId().value())
                            .thenComparing(member -> member.address.getAddress().getAddress(), Arrays::compareUnsigned)
                            .thenComparing(member -> member.address.getPort()));
            members = List.copyOf(found);
        }
        return members;
    }

    @Override
    public List<ChipDescription> chips() {
        return members().stream().map(Member::chip).toList();
    }

    /** The first server that has a chip of that id. */
    @Override
    public ChipLink open(ChipId chip, LinkOptions options) {
        for (Member member : members()) {
            if (member.chip.chipId().equals(chip)) {
                return member.source.open(chip, options);
            }
        }
        throw new TargetUnavailableException(
                TARGET_UNREACHABLE,
                "chip of target " + uri,
                chip,
                chips().stream().map(ChipDescription::chipId).toList(),
                "name one of them");
    }

    @Override
    public ChipLink openAt(int index, LinkOptions options) {
        Member member = members().get(index);
        return member.source.open(member.chip.chipId(), options);
    }

    @Override
    public void close() {
        // connections belong to links
    }

    private record Member(RemoteSource source, ChipDescription chip, InetSocketAddress address) {}
}
