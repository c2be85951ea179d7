"""Runs playback programs with nothing but what the server says about itself (gRPC server reflection): no proto file.

    python3 reflection.py --target 127.0.0.1:7007
"""

import sys

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

from main import main

PACKAGE = "firstspike.chip.v1"
SERVICE = f"{PACKAGE}.ChipService"
REFLECTION = "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"


def _class(pool, name):
    descriptor = pool.FindMessageTypeByName(name)
    if hasattr(message_factory, "GetMessageClass"):
        return message_factory.GetMessageClass(descriptor)
    return message_factory.MessageFactory(pool).GetPrototype(descriptor)


def _reflection_messages():
    """The two messages of the reflection service itself, as far as they are needed here."""
    file = descriptor_pb2.FileDescriptorProto(name="reflection.proto", package="reflection", syntax="proto3")
    text, data = descriptor_pb2.FieldDescriptorProto.TYPE_STRING, descriptor_pb2.FieldDescriptorProto.TYPE_BYTES
    nested = descriptor_pb2.FieldDescriptorProto.TYPE_MESSAGE
    one, many = (descriptor_pb2.FieldDescriptorProto.LABEL_OPTIONAL, descriptor_pb2.FieldDescriptorProto.LABEL_REPEATED)
    request = file.message_type.add(name="Request")
    request.field.add(name="file_by_filename", number=3, type=text, label=one)
    request.field.add(name="file_containing_symbol", number=4, type=text, label=one)
    files = file.message_type.add(name="Files")
    files.field.add(name="file_descriptor_proto", number=1, type=data, label=many)
    response = file.message_type.add(name="Response")
    response.field.add(name="files", number=4, type=nested, label=one, type_name=".reflection.Files")
    pool = descriptor_pool.DescriptorPool()
    pool.Add(file)
    return _class(pool, "reflection.Request"), _class(pool, "reflection.Response")


def messages(channel):
    request, response = _reflection_messages()
    ask = channel.stream_stream(
        REFLECTION,
        request_serializer=lambda message: message.SerializeToString(),
        response_deserializer=response.FromString,
    )
    known = {}

    def fetch(question):
        for answer in ask(iter([question]), timeout=30):
            for data in answer.files.file_descriptor_proto:
                file = descriptor_pb2.FileDescriptorProto.FromString(data)
                if file.name not in known:
                    known[file.name] = file
                    for name in file.dependency:
                        if name not in known:
                            fetch(request(file_by_filename=name))

    fetch(request(file_containing_symbol=SERVICE))
    pool = descriptor_pool.DescriptorPool()
    added = set()

    def add(name):
        if name not in added:
            added.add(name)
            for dependency in known[name].dependency:
                add(dependency)
            pool.Add(known[name])

    for name in list(known):
        add(name)
    return lambda name: _class(pool, f"{PACKAGE}.{name}")


if __name__ == "__main__":
    sys.exit(main(messages))
