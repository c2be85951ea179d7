/**
 * Commands that show what runs came to: pages, pictures, comparisons, lists.
 */
package firstspike.experiments.cli.results;
