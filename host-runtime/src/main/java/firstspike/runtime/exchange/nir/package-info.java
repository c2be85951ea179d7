/**
 * Networks and spike data in the Neuromorphic Intermediate Representation. A file is a
 * {@link firstspike.runtime.exchange.nir.NirGraph}, read by {@link firstspike.runtime.exchange.nir.NirReader} and written by
 * {@link firstspike.runtime.exchange.nir.NirWriter}; {@link firstspike.runtime.exchange.nir.NirExport} makes one of our
 * networks, {@link firstspike.runtime.exchange.nir.NirImport} a network of one of theirs. Spike data are
 * {@link firstspike.runtime.exchange.nir.NirData}.
 *
 * <p>A spike of weight w makes the synaptic current jump by w times {@code w_in}, and {@code r} is one over the leak
 * conductance, as the tools for this chip write it. Values are immutable by convention. Facts: {@code formats.md} section 8.
 */
package firstspike.runtime.exchange.nir;
