"""Operations: what a person who runs Teahouse needs beside the server itself - logs, metrics, health, load."""
