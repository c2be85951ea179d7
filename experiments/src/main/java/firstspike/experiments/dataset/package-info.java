/**
 * What is learnt: labelled samples, generated (Yin-Yang), carried along (digits) or read from files that people bring (MNIST kinds), and how their
 * values become input spike times. Start with {@link firstspike.experiments.dataset.Datasets}. Nothing is ever downloaded.
 */
package firstspike.experiments.dataset;
