"""The vocabulary of Teahouse: frozen structs, enums, ids and errors. No I/O, no clock, no chance."""
