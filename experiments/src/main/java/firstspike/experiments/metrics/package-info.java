/**
 * Numbers of a running server for those who watch it: {@link firstspike.experiments.metrics.ServerMetrics} reads them when
 * they are asked for, {@link firstspike.experiments.metrics.MetricsEndpoint} gives them out in Prometheus' text form on a
 * port of loopback (playback.md 14.9). No name of a user is among them. All types may be used by any thread.
 */
package firstspike.experiments.metrics;
