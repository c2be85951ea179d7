/**
 * Register containers as data: one engine encodes and decodes all of them. Start with
 * {@link firstspike.driver.register.Container}, whose layout turns {@link firstspike.driver.register.ContainerValues}
 * into words and back, and with {@link firstspike.driver.register.AddressMap}, which says who owns an address. The
 * records named after a container are typed views for what experiments configure. Everything is immutable and safe to
 * share. Source: registers.md; the layouts stand in the resource {@code register_model.json}.
 */
package firstspike.driver.register;
