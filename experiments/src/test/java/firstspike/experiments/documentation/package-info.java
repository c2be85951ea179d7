/**
 * The documents held against the code: citations of the specification, numbered behaviours and their tests, command blocks,
 * generated reference pages. Start with {@link firstspike.experiments.documentation.Specification}.
 */
package firstspike.experiments.documentation;
