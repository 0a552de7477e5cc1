namespace ScaleFunctions.App.Commands.Usage;

/// <summary>How off-hours stand at a moment.</summary>
/// <param name="At">When, in the time of the run.</param>
/// <param name="Days">Days that savings are of.</param>
/// <param name="Currency">Of the amounts.</param>
/// <param name="Targets">By name.</param>
/// <param name="IsPartial">Whether part of the inventory could not be read.</param>
/// <param name="IsRemembered">Whether what a run remembers is in it; else only what there is is held against the hours.</param>
internal sealed record UsageView(DateTimeOffset At, int Days, string Currency, IReadOnlyList<UsageLine> Targets, bool IsPartial, bool IsRemembered);
