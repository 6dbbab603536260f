"""What may be forgotten at any moment: pages kept for strangers, what is the same for all."""
