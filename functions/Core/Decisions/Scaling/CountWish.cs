namespace ScaleFunctions.Core.Decisions.Scaling;

/// <summary>A count that a finding of rightsizing asks for.</summary>
/// <param name="Instances">How many.</param>
/// <param name="Finding">Which finding.</param>
/// <param name="Why">For people.</param>
public sealed record CountWish(int Instances, string Finding, string Why);
