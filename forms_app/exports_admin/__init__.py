"""The screens of exports: choose columns, save, run, and the ledger of what left."""
