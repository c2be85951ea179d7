/** What a test run showed, for the end of a build: numbered behaviours (docs/behaviours) and skipped tests with their reasons. */
package firstspike.driver.behaviour;
