"""The form as a visitor sees it: fields, conditions, steps, review.

Whatever happens, what was typed is still there.
"""
