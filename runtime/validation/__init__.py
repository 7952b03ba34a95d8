"""The data contract: what rows break it, and what is done about them."""
