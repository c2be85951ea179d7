/**
 * The server that lends chips out over gRPC (playback.md 14): bridge and emulator server are the same
 * {@link firstspike.driver.server.ChipServer} over another {@link firstspike.driver.link.ChipSource}. Start there. Each
 * session has one link and one worker thread that alone touches it; event loops only check, queue and copy, and never
 * wait.
 */
package firstspike.driver.server;
