/**
 * The planned way of membranes: nodes that the same events reach move as columns with one clock, and only those that a bound lets pass are solved
 * (analog.md 9). Begin with {@link firstspike.emulator.planned.LayerGroup}. Numbers only: which nodes form a group and how
 * their state gets in and out is the business of {@code analog}, when their events come that of {@code digital}. All classes
 * are owned by one thread; {@link firstspike.emulator.planned.PulseColumn}, constants and tables may be shared.
 */
package firstspike.emulator.planned;
