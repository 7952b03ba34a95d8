"""Gates: what a model must hold before it goes on. One file a kind, with `judge(case, settings) -> Judgement`."""
