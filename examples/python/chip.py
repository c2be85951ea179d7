"""A session on a chip: sends playback programs, checks what comes back, gives spikes.

It needs the message classes of the protocol and nothing else; where they come from is the business of `generated.py` and
`reflection.py`.
"""

import hashlib
import struct
import uuid

from words import expected

SERVICE = "firstspike.chip.v1.ChipService"
CHUNK_WORDS = 65536
STATE_DONE = 4


def _crc_table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
        table.append(n)
    return table


CRC_TABLE = _crc_table()


def crc32c(data, crc=0):
    crc ^= 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ CRC_TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


class BrokenResult(Exception):
    """A result that is incomplete or damaged; it must not be used."""


class Chip:
    """One session. `messages(name)` gives the class of a message of the protocol."""

    def __init__(self, channel, messages, chip_id=""):
        self._channel = channel
        self._messages = messages
        self._sequence = 0
        version = messages("ProtocolVersion")(major=1, minor=0)
        request = messages("OpenSessionRequest")(protocol_version=version, chip_id=chip_id, user="python-example")
        opened = self._unary("OpenSession", "OpenSessionResponse", request)
        self.session = opened.session_id
        self.target = opened.target

    def __enter__(self):
        return self

    def __exit__(self, *_):
        request = self._messages("CloseSessionRequest")(session_id=self.session)
        self._unary("CloseSession", "CloseSessionResponse", request)

    def _unary(self, method, answer, request):
        call = self._channel.unary_unary(
            f"/{SERVICE}/{method}",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=self._messages(answer).FromString,
        )
        return call(request, timeout=30)

    def run(self, words, setup=False):
        """Runs a program; returns its spikes as (label, chip time, FPGA time) in ticks of 8 ns, in trace order."""
        call = self._channel.stream_stream(
            f"/{SERVICE}/Execute",
            request_serializer=lambda message: message.SerializeToString(),
            response_deserializer=self._messages("ResultChunk").FromString,
        )
        return self._collect(call(self._upload(words, setup), timeout=120))

    def _upload(self, words, setup):
        data = struct.pack(f">{len(words)}Q", *words)
        digest = hashlib.sha256(data).digest()
        upload = self._messages("UploadMessage")
        header = self._messages("SubmissionHeader")(
            session_id=self.session,
            submission_id=str(uuid.uuid4()),
            part_sha256=[digest],
            sequence=self._sequence,
            setup=setup,
        )
        self._sequence += 1
        yield upload(header=header)
        for offset in range(0, max(len(words), 1), CHUNK_WORDS):
            piece = data[8 * offset:8 * (offset + CHUNK_WORDS)]
            chunk = self._messages("ProgramChunk")(part=0, offset=offset, words=piece, crc32c=crc32c(piece))
            if offset + CHUNK_WORDS >= len(words):
                omnibus, jtag, loopback = expected(words)
                chunk.end.instruction_count = len(words)
                chunk.end.omnibus_responses = omnibus
                chunk.end.jtag_responses = jtag
                chunk.end.loopback_responses = loopback
                chunk.end.sha256 = digest
                chunk.end.last_part = True
            yield upload(chunk=chunk)

    def _collect(self, chunks):
        record = self._messages("ResultRecord")
        spikes, offset, count, crc, footer = [], 0, 0, 0, None
        for chunk in chunks:
            if chunk.offset != offset or crc32c(chunk.record) != chunk.crc32c:
                raise BrokenResult(f"record {count} at offset {chunk.offset}: wrong offset or CRC")
            content = record.FromString(chunk.record)
            if content.HasField("footer"):
                footer = content.footer
                break
            if content.HasField("spikes"):
                spikes.extend(decode(content.spikes))
            offset += len(chunk.record)
            count += 1
            crc = crc32c(chunk.record, crc)
        if footer is None or (footer.records, footer.bytes, footer.crc32c) != (count, offset, crc):
            raise BrokenResult("the result ends without a footer that agrees")
        if footer.state != STATE_DONE:
            raise BrokenResult(f"{footer.error.code}: {footer.error.thing} {footer.error.value}; {footer.error.remedy}")
        if footer.spikes != len(spikes):
            raise BrokenResult(f"{len(spikes)} spikes arrived, the footer says {footer.spikes}")
        return spikes


def decode(columns):
    """Spikes of one record; the chip stamps 8 bits of half ticks, the time of arrival says which period is meant."""
    n = len(columns.stamp)
    if len(columns.label) != 2 * n or len(columns.fpga_delta) != 4 * n:
        raise BrokenResult("columns of unequal length")
    labels = struct.unpack(f"<{n}H", columns.label)
    deltas = struct.unpack(f"<{n}I", columns.fpga_delta)
    time = columns.fpga_base
    for label, stamp, delta in zip(labels, columns.stamp, deltas):
        time += delta
        chip = time & ~0x7F | stamp >> 1
        if chip > time:
            chip = (chip - 128) & (1 << 43) - 1
        yield label, chip, time
