namespace ScaleFunctions.Core.Plans;

/// <summary>What may still be added under guardrails that cap a fleet as a whole.</summary>
/// <param name="Guardrails">Name of the guardrails.</param>
/// <param name="Instances">Instances; absent: no cap on them.</param>
/// <param name="Spend">Cost an hour, in the currency of the guardrails' prices; absent: no cap on it.</param>
public sealed record FleetRoom(string Guardrails, int? Instances, decimal? Spend)
{
    /// <summary>Nothing may be added: what a batch assumes that was told nothing.</summary>
    public static FleetRoom None(string guardrails) => new(guardrails, 0, 0);

    /// <summary>What is left after spending, without more instances.</summary>
    /// <param name="perHour">More an hour.</param>
    public FleetRoom Pay(decimal perHour) => this with { Spend = Spend is { } spend ? Math.Max(0, spend - perHour) : null };

    /// <summary>What is left after adding.</summary>
    /// <param name="added">Instances added.</param>
    /// <param name="price">What one costs an hour; absent when nobody knows.</param>
    public FleetRoom Take(int added, decimal? price) => this with
    {
        Instances = Instances is { } instances ? Math.Max(0, instances - added) : null,
        Spend = Spend is { } spend ? Math.Max(0, spend - (added * (price ?? 0))) : null,
    };
}
