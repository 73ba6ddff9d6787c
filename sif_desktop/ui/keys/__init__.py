"""Who signs: choosing and opening an identity, and the page of one's keys."""
