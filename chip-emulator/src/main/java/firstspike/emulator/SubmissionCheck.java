package firstspike.emulator;

import firstspike.driver.link.ErrorDetail;
import firstspike.driver.link.ProgramTooLargeException;
import firstspike.driver.link.RunOptions;
import firstspike.driver.link.UnmappedAddressException;
import firstspike.driver.link.UnsupportedOnTargetException;
import firstspike.driver.message.ToFpga;
import firstspike.driver.playback.PlaybackProgram;
import firstspike.driver.register.Access;
import firstspike.driver.register.AddressMap;
import firstspike.driver.register.Container;

/** Refuses a program before anything of it is executed (playback.md 4.4, 9). Any thread. */
record SubmissionCheck(String target, boolean strictAddresses, boolean strictReadback) {

    private static final AddressMap MAP = AddressMap.standard();

    void accept(PlaybackProgram program, RunOptions options) {
        if (program.size() > PlaybackProgram.MAX_INSTRUCTIONS) {
            if (options.allowStreaming()) {
                throw new UnsupportedOnTargetException(
                        "program of " + program.size() + " instructions",
                        "streaming",
                        "not offered by " + target + " in this version",
                        "split the program");
            }
            throw new ProgramTooLargeException(
                    "program in instructions", program.size(), PlaybackProgram.MAX_INSTRUCTIONS, "split the program");
        }
        if (!strictAddresses && !strictReadback) {
            return;
        }
        for (int i = 0; i < program.size(); i++) {
            long word = program.word(i);
            if (ToFpga.kind(word) == ToFpga.Kind.OMNIBUS_ADDRESS) {
                address(ToFpga.address(word), ToFpga.isRead(word), i);
            }
        }
    }

    private void address(int address, boolean read, int index) {
        long place = MAP.locate(address);
        if (place == AddressMap.UNMAPPED) {
            if (strictAddresses) {
                throw new UnmappedAddressException(
                        ErrorDetail.of(
                                        "address",
                                        String.format("0x%08x", address),
                                        "addresses of registers",
                                        "correct it, or use the option strict_addresses=false")
                                .at(index),
                        null);
            }
            return;
        }
        Container container = AddressMap.container(place);
        if (read && strictReadback && container.layout().access() == Access.UNREADABLE_ON_HARDWARE) {
            throw new UnsupportedOnTargetException(
                    ErrorDetail.of(
                                    "read of " + container,
                                    String.format("0x%08x", address),
                                    "registers that hardware can read back",
                                    "keep what you wrote, or use the option strict_readback=false")
                            .at(index),
                    null);
        }
    }
}
