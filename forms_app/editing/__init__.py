"""What an editor of a form is offered and told.

No edit changes an answer that was given.
"""
