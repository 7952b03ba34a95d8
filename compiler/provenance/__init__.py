"""What `generated/` is made of and who says so: verification, a signed statement, bills of materials, evidence."""
