/** HostARQ: words travel reliably in numbered frames over UDP (wire.md 11 to 18). */
package firstspike.driver.hostarq;
