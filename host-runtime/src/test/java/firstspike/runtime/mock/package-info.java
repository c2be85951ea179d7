/** How a user tests an experiment without a chip: once with the scripted link, once with Mockito. */
package firstspike.runtime.mock;
