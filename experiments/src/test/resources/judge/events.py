"""Reads TensorBoard event files without TensorBoard: frames, checksums and protobuf fields by hand. Prints tag, step, value."""

import struct
import sys

TABLE = []
for i in range(256):
    for _ in range(8):
        i = (i >> 1) ^ (0x82F63B78 if i & 1 else 0)
    TABLE.append(i)


def masked(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = (crc >> 8) ^ TABLE[(crc ^ byte) & 0xFF]
    crc ^= 0xFFFFFFFF
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def fields(data):
    at = 0

    def varint():
        nonlocal at
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while at < len(data):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
        else:
            size = {1: 8, 5: 4}.get(key & 7)
            if size is None:
                size = varint()
            yield key >> 3, data[at : at + size]
            at += size


for name in sys.argv[1:]:
    data = open(name, "rb").read()
    at = 0
    first = True
    while at < len(data):
        (n,) = struct.unpack_from("<Q", data, at)
        assert struct.unpack_from("<I", data, at + 8)[0] == masked(data[at : at + 8]), "checksum of a length"
        payload = data[at + 12 : at + 12 + n]
        assert struct.unpack_from("<I", data, at + 12 + n)[0] == masked(payload), "checksum of a payload"
        at += 16 + n
        event = dict(fields(payload))
        if first:
            assert event[3] == b"brain.Event:2"
            first = False
            continue
        for number, value in fields(event[5]):
            assert number == 1
            point = dict(fields(value))
            kind = "scalar" if 2 in point else "histogram"
            shown = repr(struct.unpack("<f", point[2])[0]) if 2 in point else ""
            print(kind, point[1].decode(), event.get(2, 0), shown)
