"""Promotion, rollback and freeze: an edit of the lock and of what it compiles to, judged before anything is written."""
