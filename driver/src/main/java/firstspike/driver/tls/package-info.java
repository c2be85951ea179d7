/**
 * Certificates and keys from PEM files, for both ends of a connection (playback.md 14.9, targets.md 3). Start with
 * {@link firstspike.driver.tls.TlsFiles}. Files are read again when they change; any thread.
 */
package firstspike.driver.tls;
