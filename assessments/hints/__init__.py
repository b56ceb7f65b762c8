"""What decisions, tables, facts and tool names on the board say about practices that nobody has answered."""
