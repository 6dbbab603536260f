"""What people agreed to: facts that never change, what stands now, the link to change it."""
