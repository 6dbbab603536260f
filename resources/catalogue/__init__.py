"""The list of resources: what a stranger may see, facets, order, cards, feed, related."""
