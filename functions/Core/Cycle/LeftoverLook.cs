namespace ScaleFunctions.Core.Cycle;

/// <summary>What stands about at a moment.</summary>
/// <param name="At">When.</param>
/// <param name="Found">The dearest first.</param>
/// <param name="Problems">What could not be read, for people: then what is not found may be there all the same.</param>
public sealed record LeftoverLook(DateTimeOffset At, IReadOnlyList<PricedLeftover> Found, IReadOnlyList<string> Problems);
