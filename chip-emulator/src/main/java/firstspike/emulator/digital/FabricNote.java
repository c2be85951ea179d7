package firstspike.emulator.digital;

/**
 * Something worth knowing that the chip saw in a program (errors.md 6).
 *
 * @param name kebab case
 * @param text for people
 * @param count how often
 */
public record FabricNote(String name, String text, long count) {}
