"""Language understanding on the CPU: what somebody wants (intents), with which particulars (slots), and which article
answers it (retrieval), in English and Chinese.

Rule: computation only. Nothing here waits, opens a socket, looks at a clock or throws dice without a seed; what is
"now" is given. Nothing is downloaded. numpy and the learning libraries are the extra `desk`; they are imported by the
modules that need them, so importing this package costs nothing. Callers: `desk`, and `app/cli_desk.py`.
"""
