"""The stubs of proto/teahouse/v1/chat.proto, for clients and for the server: `from teahouse.v1 import chat_pb2,
chat_pb2_grpc`. Written by `python -m tools.proto`."""
