"""The commands `backup`, `restore`, `prepare`, `run_worker`, and Django's `migrate`."""
