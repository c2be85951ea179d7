/**
 * Where a server keeps what passes through it: unfinished uploads and results, in files of one folder, never whole in the heap
 * (playback.md 14.2, 14.4, 14.6). A {@link firstspike.driver.server.spool.Spool} has a {@link
 * firstspike.driver.server.spool.SessionStore} for each session, which hands out {@link
 * firstspike.driver.server.spool.SpooledUpload} and {@link firstspike.driver.server.spool.SpooledResult}. Any thread, as far as
 * a class does not say otherwise; nothing here waits but for the disk.
 */
package firstspike.driver.server.spool;
