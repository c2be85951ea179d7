package firstspike.emulator.ppu;

/** Interrupts that occur, by the address of their vector (ppu.md 2.4). */
enum Interrupt {
    ALIGNMENT(0x18),
    PROGRAM(0x1C),
    FIXED_INTERVAL(0x2C),
    DECREMENTER(0x30);

    private final int address;

    Interrupt(int address) {
        this.address = address;
    }

    int address() {
        return address;
    }
}
