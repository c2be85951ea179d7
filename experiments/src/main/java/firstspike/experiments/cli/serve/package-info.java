/**
 * Commands that serve chips to others, and make the tokens by which users are known.
 */
package firstspike.experiments.cli.serve;
