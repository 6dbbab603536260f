"""Draw the demo content's own pictures and clip; never imported by the site."""
