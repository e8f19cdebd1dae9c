"""The numbers that stand for kinds of entries in every store that has rows.

Rule: stores hold them, and archives carry them from one to another: none may ever change or be used again. Used by
the rooms sqlite/ and sql/.
"""

from teahouse.model.entries import Kind

KIND_CODES = {
    Kind.MESSAGE: 0,
    Kind.EDIT: 1,
    Kind.RECALL: 2,
    Kind.REACTION: 3,
    Kind.PIN: 4,
    Kind.MEMBER: 5,
    Kind.CONVERSATION: 6,
}

KINDS = {code: kind for kind, code in KIND_CODES.items()}

MESSAGE = KIND_CODES[Kind.MESSAGE]
EDIT = KIND_CODES[Kind.EDIT]
PIN = KIND_CODES[Kind.PIN]
