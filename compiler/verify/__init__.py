"""What a manifest must hold before it is written: a shape for each kind, and the rules no shape can say."""
