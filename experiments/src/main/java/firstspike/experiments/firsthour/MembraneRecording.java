package firstspike.experiments.firsthour;

/**
 * What both converters and the event output saw of the neuron. Times in microseconds from the begin of the recording,
 * potentials in LSB of the column converter. Arrays belong to the reader.
 *
 * @param madcUs time of each sample of the fast converter
 * @param madc its potential
 * @param cadcUs time of each reading of the column converter
 * @param cadc its potential, mean of both channels where both are read
 * @param spikesUs time of each spike
 */
record MembraneRecording(double[] madcUs, double[] madc, double[] cadcUs, double[] cadc, double[] spikesUs) {}
