/**
 * Everything that can go wrong between a caller and a chip: the sealed family
 * {@link firstspike.driver.error.ChipException} in five branches by what the caller does next, each error with thing,
 * value, limit and remedy ({@link firstspike.driver.error.ErrorDetail}; errors.md). Knows no program and no link.
 */
package firstspike.driver.error;
