/**
 * Certificates, keys and tokens in files, for both ends of a connection (playback.md 14.9, targets.md 3). Start with
 * {@link firstspike.driver.credential.TlsFiles}. Files are read again when they change; one that cannot be read leaves the
 * old content in force. Any thread.
 */
package firstspike.driver.credential;
