namespace ScaleFunctions.Core.Plans;

/// <summary>How many targets were evaluated in a part of the fleet, and in how many of them the data proved nothing.</summary>
public sealed record FleetCount(string Subscription, string Region, int Targets, int InDoubt);
