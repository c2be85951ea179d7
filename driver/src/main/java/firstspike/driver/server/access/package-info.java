/**
 * Who may call a server (playback.md 14.9): {@link firstspike.driver.server.access.Caller} is who a call comes from, the context
 * of every call holds it; {@link firstspike.driver.server.access.Audit} takes what has to be answered for later. Start with
 * {@link firstspike.driver.server.access.AccessOptions}. All types may be used by any thread.
 */
package firstspike.driver.server.access;
