package firstspike.driver.remote;

import static firstspike.driver.error.ProgramRejectedException.Code.MALFORMED_REQUEST;

import firstspike.driver.error.ProgramRejectedException;
import firstspike.driver.link.ChipDescription;
import firstspike.driver.link.ChipId;
import firstspike.proto.chip.v1.ProtocolVersion;
import firstspike.proto.chip.v1.Target;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The capability record of a chip as a message, and back. */
public final class WireTargets {

    /** Protocol that this software speaks. */
    public static final ProtocolVersion PROTOCOL =
            ProtocolVersion.newBuilder().setMajor(1).setMinor(0).build();
    /** Name of the property under which a remote description keeps the server's own target. */
    public static final String SERVER_TARGET = "server.target";

    private static final int MOST_PROPERTIES = 256;

    private WireTargets() {}

    /**
     * @param description of a chip
     * @return the message, without limits
     */
    public static Target.Builder encode(ChipDescription description) {
        Target.Builder target = Target.newBuilder()
                .setKind(
                        switch (description.kind()) {
                            case EMULATOR -> Target.Kind.KIND_EMULATOR;
                            case HARDWARE -> Target.Kind.KIND_HARDWARE;
                            case MOCK -> Target.Kind.KIND_MOCK;
                        })
                .setTarget(description.target())
                .setChipId(description.chipId().value())
                .setFidelity(description.fidelity())
                .setChipRevision(description.chipRevision())
                .setNeedsCalibration(description.needsCalibration())
                .setSoftwareVersion(description.softwareVersion())
                .setTickPicoseconds(description.tickPicoseconds())
                .setMaxInstructions(description.maxInstructions())
                .setPpu(
                        "full".equals(description.properties().get("ppu"))
                                ? Target.PpuSupport.PPU_SUPPORT_FULL
                                : Target.PpuSupport.PPU_SUPPORT_MEMORY)
                .putAllProperties(description.properties());
        description.inputLatencyTicks().ifPresent(target::setInputLatencyTicks);
        description.outputLatencyTicks().ifPresent(target::setOutputLatencyTicks);
        return target;
    }

    /**
     * @param target from a server; not trusted
     * @param uri by which the client reaches it
     * @return the description with the client's URI; the server's own one is the property {@link #SERVER_TARGET}
     * @throws ProgramRejectedException when it makes no sense
     */
    static ChipDescription decode(Target target, String uri) {
        if (target.getPropertiesCount() > MOST_PROPERTIES) {
            throw malformed("properties", target.getPropertiesCount(), MOST_PROPERTIES);
        }
        if (target.getChipRevision() < 0 || target.getTickPicoseconds() <= 0 || target.getMaxInstructions() <= 0) {
            throw malformed(
                    "revision, tick and memory",
                    target.getChipRevision() + ", " + target.getTickPicoseconds() + ", " + target.getMaxInstructions(),
                    "positive");
        }
        ChipDescription.Kind kind =
                switch (target.getKind()) {
                    case KIND_EMULATOR -> ChipDescription.Kind.EMULATOR;
                    case KIND_HARDWARE -> ChipDescription.Kind.HARDWARE;
                    case KIND_MOCK -> ChipDescription.Kind.MOCK;
                    case KIND_UNSPECIFIED, UNRECOGNIZED ->
                        throw malformed("kind", target.getKindValue(), "emulator, hardware or mock");
                };
        Map<String, String> properties = new TreeMap<>(target.getPropertiesMap());
        properties.put(SERVER_TARGET, target.getTarget());
        return new ChipDescription(
                kind,
                uri,
                chipId(target.getChipId()),
                target.getFidelity(),
                target.getChipRevision(),
                target.getNeedsCalibration(),
                target.getSoftwareVersion(),
                target.getTickPicoseconds(),
                target.hasInputLatencyTicks() ? OptionalLong.of(target.getInputLatencyTicks()) : OptionalLong.empty(),
                target.hasOutputLatencyTicks() ? OptionalLong.of(target.getOutputLatencyTicks()) : OptionalLong.empty(),
                target.getMaxInstructions(),
                new TreeMap<>(properties));
    }

    static ChipId chipId(String text) {
        try {
            return new ChipId(text);
        } catch (IllegalArgumentException e) {
            throw malformed("chip id", text, "1 to 128 of [A-Za-z0-9._-]");
        }
    }

    private static ProgramRejectedException malformed(String field, Object value, Object limit) {
        return new ProgramRejectedException(
                MALFORMED_REQUEST, field + " of the described chip", value, limit, "update the server");
    }
}
