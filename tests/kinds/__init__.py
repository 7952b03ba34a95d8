"""Tests of the kinds, room by room."""
