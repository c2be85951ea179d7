/**
 * Frames of append-only files: length, payload and masked CRC-32C, as TFRecord files have them (formats.md 2.2). Spike logs
 * and TensorBoard events are chains of them. Start with {@link firstspike.runtime.framing.RecordFrame}. Stateless, any thread.
 */
package firstspike.runtime.framing;
