/**
 * From a network to a chip: places of neurons and inputs, labels, crossbar, analog codes, and the report about all of it.
 * Start with {@link firstspike.runtime.mapping.Mapper}; its result is a {@link firstspike.runtime.mapping.ChipMapping}.
 * Everything is immutable and computed before anything is written to a chip. Source: inloop.md 13.1, 13.2, 13.5;
 * analog.md 5 to 8.
 */
package firstspike.runtime.mapping;
