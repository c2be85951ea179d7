/**
 * The one interface that everything meets at: {@link firstspike.driver.link.ChipLink} executes playback programs, a
 * {@link firstspike.driver.link.ChipSource} hands links out, a {@link firstspike.driver.link.LinkProvider} turns a target
 * URI into a source. All typed errors of a chip and its links live here, in the sealed family
 * {@link firstspike.driver.link.ChipException}. {@link firstspike.driver.link.RemoteLink} and the {@code Wire…} and
 * {@code Result…} classes are the client's half of the gRPC service (playback.md 14). A link belongs to one thread at a time; results and descriptions are
 * immutable.
 */
package firstspike.driver.link;
