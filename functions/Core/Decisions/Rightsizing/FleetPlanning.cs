namespace ScaleFunctions.Core.Decisions.Rightsizing;

/// <summary>What came of looking for a better size and count.</summary>
/// <param name="Refused">The sizes that were looked at and could not be taken, with why.</param>
public abstract record FleetPlanning(IReadOnlyList<FleetOption.Refused> Refused)
{
    public sealed record Change(FleetPlan Plan, IReadOnlyList<FleetOption.Refused> Refused) : FleetPlanning(Refused);

    /// <param name="Why">For people.</param>
    /// <param name="Refused">The sizes that could not be taken.</param>
    public sealed record Keep(string Why, IReadOnlyList<FleetOption.Refused> Refused) : FleetPlanning(Refused);
}
