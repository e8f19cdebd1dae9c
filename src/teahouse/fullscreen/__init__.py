"""The full-screen terminal client: `teahouse chat` on a terminal.

Rule: all it knows of the server it knows through teahouse.client. What is seen is data first (transcript.py, talks.py,
visit.py), without a screen; drawing (screen.py and below) asks that data and changes nothing in it but through Visit.
Nothing here is imported before somebody chats.
"""
