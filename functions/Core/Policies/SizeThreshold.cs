namespace ScaleFunctions.Core.Policies;

/// <summary>How much of a size must be used, and for how long, so that another one is wanted.</summary>
/// <param name="Percent">Of what an instance has.</param>
/// <param name="For">How far back it is looked at.</param>
public sealed record SizeThreshold(double Percent, TimeSpan For);
