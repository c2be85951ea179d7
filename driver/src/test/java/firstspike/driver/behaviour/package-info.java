/** Which numbered behaviours of the documentation a test run showed: read by {@code docs/behaviours/table.sh}. */
package firstspike.driver.behaviour;
