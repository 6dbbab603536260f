"""Files that visitors send, before and after their answer is taken in.

Nobody but staff who may read the answers ever fetches one.
"""
