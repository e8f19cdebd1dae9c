"""MQTT 3.1.1 and 5.0, sans-I/O: bytes to packets and packets to bytes.

Rule: plain functions over small structs; nothing here knows a socket, a clock or a conversation. Section numbers and
statements such as MQTT-3.1.2-1 are those of the OASIS standards. Called by gateways/mqtt.
"""
