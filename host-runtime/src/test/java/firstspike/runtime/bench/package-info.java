/** Measurements that a person starts; none is a test. */
package firstspike.runtime.bench;
