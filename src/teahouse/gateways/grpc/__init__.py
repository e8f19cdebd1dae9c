"""gRPC: the service teahouse.v1.Chat on a port of its own. Imported only where that listener is enabled."""
