"""XMPP: clients such as Dino, Gajim, Converse.js and slixmpp, in the same conversations as everybody else."""
