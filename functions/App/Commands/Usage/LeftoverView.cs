namespace ScaleFunctions.App.Commands.Usage;

/// <summary>What stands about at a moment.</summary>
/// <param name="At">When, in the time of the run.</param>
/// <param name="Findings">The dearest first.</param>
/// <param name="Problems">What could not be read.</param>
internal sealed record LeftoverView(DateTimeOffset At, IReadOnlyList<LeftoverLine> Findings, IReadOnlyList<string> Problems);
