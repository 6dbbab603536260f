"""Where bytes are kept and how they go out: storage, buckets, ranges, types by content."""
