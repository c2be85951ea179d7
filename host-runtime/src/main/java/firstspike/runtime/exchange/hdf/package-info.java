/**
 * HDF5 files of others, read within limits, and small ones written: {@link firstspike.runtime.exchange.hdf.HdfInput} walks a
 * file once when it opens it and refuses links, depth and counts beyond the limits;
 * {@link firstspike.runtime.exchange.hdf.HdfOutput} writes beside the file and renames.
 *
 * <p>Whatever the library underneath throws at a damaged file is a {@code FormatException} here. One owner thread. Facts:
 * {@code formats.md} sections 1, 8 and 9.
 */
package firstspike.runtime.exchange.hdf;
