namespace ScaleFunctions.Core.Plans;

/// <summary>How many targets were evaluated in a part of the fleet, and in how many of them the data proved nothing.</summary>
public sealed record FleetCount(string Subscription, string Region, int Targets, int InDoubt)
{
    /// <summary>How many of them were lowered since the last tick already, at a person's word.</summary>
    public int Lowered { get; init; }

    /// <summary>Instances of its targets, of each the most there were within the last hour; 0 when nobody has counted them.</summary>
    public int Instances { get; init; }

    /// <summary>Instances that were taken away within the last hour without anything having announced it.</summary>
    public int LoweredInHour { get; init; }
}
