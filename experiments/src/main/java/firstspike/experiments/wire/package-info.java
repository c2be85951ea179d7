/**
 * What travels between host and FPGA, for people: {@link firstspike.experiments.wire.WireListing} turns the datagrams of a
 * capture into instructions and responses, {@link firstspike.experiments.wire.WordListing} does so with bare words, and
 * {@link firstspike.experiments.wire.InstructionParser} reads the text of instructions back (wire.md 3 to 15). One owner
 * thread each.
 */
package firstspike.experiments.wire;
