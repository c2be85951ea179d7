package firstspike.driver.initialisation;

import firstspike.driver.board.Regulators;
import firstspike.driver.register.Container;
import firstspike.driver.register.ContainerValues;
import java.util.List;

/**
 * What an initialisation shall do. Start from {@link #standard()}.
 *
 * @param board whether shift register and DACs of the board are set, steps 2 to 5
 * @param link whether the high-speed link is brought up; without it the chip is written over JTAG
 * @param systimeSync whether the system time is synchronised; needs the link
 * @param capMem whether the analog parameter memory is started; needs the link
 * @param regulators voltage regulators of the board
 * @param synramControl memory timing of both hemispheres, container CommonSynramConfig; specific to the chip
 */
public record InitialisationOptions(
        boolean board,
        boolean link,
        boolean systimeSync,
        boolean capMem,
        Regulators regulators,
        List<ContainerValues> synramControl) {

    /** Refuses contradictions with {@link IllegalArgumentException}. */
    public InitialisationOptions {
        synramControl = List.copyOf(synramControl);
        if (capMem && !link) {
            throw new IllegalArgumentException("initialisation: CapMem asked for without the high-speed link; its"
                    + " reference generator is started over the link, so enable the link or leave the CapMem out");
        }
        if (synramControl.size() != 2
                || synramControl.stream().anyMatch(v -> v.layout().container() != Container.COMMON_SYNRAM_CONFIG)) {
            throw new IllegalArgumentException("initialisation: synramControl has " + synramControl
                    + "; give the CommonSynramConfig of both hemispheres");
        }
    }

    /** Everything, for a board with present regulators and the default memory timing. */
    public static InitialisationOptions standard() {
        ContainerValues synram = Container.COMMON_SYNRAM_CONFIG.layout().defaults();
        return new InitialisationOptions(true, true, true, true, Regulators.LDO_2, List.of(synram, synram));
    }

    /** Leaves the board as it is. */
    public InitialisationOptions withoutBoard() {
        return new InitialisationOptions(false, link, systimeSync, capMem, regulators, synramControl);
    }

    /** Leaves the system time unsynchronised: answers then carry no chip time. */
    public InitialisationOptions withoutSystimeSync() {
        return new InitialisationOptions(board, link, false, capMem, regulators, synramControl);
    }

    /** Leaves the analog parameter memory without reference. */
    public InitialisationOptions withoutCapMem() {
        return new InitialisationOptions(board, link, systimeSync, false, regulators, synramControl);
    }

    /** Leaves the link down; {@link IllegalArgumentException} unless the CapMem is left out too. */
    public InitialisationOptions withoutLink() {
        return new InitialisationOptions(board, false, systimeSync, capMem, regulators, synramControl);
    }

    /** With the regulators of another board. */
    public InitialisationOptions withRegulators(Regulators other) {
        return new InitialisationOptions(board, link, systimeSync, capMem, other, synramControl);
    }

    /** With the memory timing of this chip, top and bottom hemisphere. */
    public InitialisationOptions withSynramControl(ContainerValues top, ContainerValues bottom) {
        return new InitialisationOptions(board, link, systimeSync, capMem, regulators, List.of(top, bottom));
    }
}
