/**
 * What is configured on a chip. A {@link firstspike.runtime.session.ChipConfiguration} is every register word of a chip in
 * the order in which it is written; a {@link firstspike.runtime.session.ChipSession} owns a link, knows which words are
 * there, writes only those that changed, and sets a chip up again when its state is unknown. A session belongs to one
 * thread. Source: registers.md 17, 18.1; playback.md 10.5, 14.7.
 */
package firstspike.runtime.session;
