/**
 * The one interface that everything meets at: {@link firstspike.driver.link.ChipLink} executes playback programs, a
 * {@link firstspike.driver.link.ChipSource} hands links out, a {@link firstspike.driver.link.LinkProvider} turns a target
 * URI into a source. A link belongs to one thread at a time; results and descriptions are immutable.
 */
package firstspike.driver.link;
