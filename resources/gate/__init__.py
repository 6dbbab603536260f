"""Who may open what: access, the decision, grants, codes, delivery, counting.

Every road to a file asks `decision.py`.
"""
