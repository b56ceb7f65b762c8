"""Two states of a workshop and more: what changed, why scores did, how it went over time, what if."""
