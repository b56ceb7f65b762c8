"""Who is looking at which workshop, what they may read and change, and what their browser has been shown."""
