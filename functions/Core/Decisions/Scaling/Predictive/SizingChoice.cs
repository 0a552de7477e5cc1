namespace ScaleFunctions.Core.Decisions.Scaling.Predictive;

/// <summary>How to size: by which model, how many of its scales above its centre, and at what pace.</summary>
internal sealed record SizingChoice(LevelModel Model, double Offset, SizingPace Pace);
