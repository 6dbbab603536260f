"""What may be forgotten at any moment: pages kept for strangers, counts of the day."""
