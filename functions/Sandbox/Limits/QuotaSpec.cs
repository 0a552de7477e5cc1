namespace ScaleFunctions.Sandbox.Limits;

/// <summary>A quota of cores in a region; those that an estate does not name have room for everything.</summary>
/// <param name="Region">Region name.</param>
/// <param name="Name"><c>cores</c> for all sizes together, else a family.</param>
/// <param name="Limit">At most.</param>
/// <param name="UsedElsewhere">In use by what the estate does not show.</param>
public sealed record QuotaSpec(string Region, string Name, int Limit, int UsedElsewhere = 0);
