namespace ScaleFunctions.Core.Plans;

/// <summary>How many targets were evaluated in a part of the fleet, and in how many of them the data proved nothing.</summary>
public sealed record FleetCount(string Subscription, string Region, int Targets, int InDoubt)
{
    /// <summary>How many of them were lowered in this tick already, at a person's word.</summary>
    public int Lowered { get; init; }
}
