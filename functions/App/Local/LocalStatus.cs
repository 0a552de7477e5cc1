namespace ScaleFunctions.App.Local;

/// <summary>How a local run stands, for its status page.</summary>
internal sealed record LocalStatus(
    DateTimeOffset SimulatedTime, int Ticks, int Decisions, int Writes, string State, IReadOnlyList<LocalTargetStatus> Targets);
