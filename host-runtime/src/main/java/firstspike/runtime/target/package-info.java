/**
 * Where a network runs: a target URI becomes exact arithmetic or the chips of a source. Start with
 * {@link firstspike.runtime.target.Targets}. Nothing is opened before it is asked for. Source: targets.md.
 */
package firstspike.runtime.target;
