"""The data manager's screens: answers, people, the tray, rights.

Each asks `rights.py` what it may show, and every act is a POST.
"""
