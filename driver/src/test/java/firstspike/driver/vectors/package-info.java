/** Test vectors, for the tests of all modules. */
package firstspike.driver.vectors;
