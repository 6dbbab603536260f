"""What an editor of a resource is offered and told."""
