"""Values with a type, found by rule: date, time, number, money, phone, e-mail, order number, choice, lists.

Rule: a finding is a place in the text as it was written, and a value in one form (`found.py` lists the forms). Nobody
has to train anything for these. Callers: `desk`, which asks for slots, and `registry.py`, which is the way in.
"""
