/**
 * Capture files of network traffic: {@link firstspike.experiments.capture.CaptureReader} takes the UDP datagrams out of pcap
 * and pcapng files, which are hostile input, {@link firstspike.experiments.capture.CaptureWriter} writes those of a session
 * while it runs. The layouts are those of the pcap and pcapng file format drafts and of the public list of link types.
 */
package firstspike.experiments.capture;
