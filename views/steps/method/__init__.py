"""The page of a step of the method: facts, tables, tasks, risks, advice, as content lists its parts."""
