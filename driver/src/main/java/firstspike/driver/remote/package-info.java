/**
 * The client of a chip server: {@link firstspike.driver.remote.RemoteLink} is a link over gRPC (playback.md 14), with its
 * sessions, retries and transfers. The {@code Wire…} and {@code Result…} classes translate between messages of the wire
 * and programs, results and errors; the server uses them too.
 */
package firstspike.driver.remote;
