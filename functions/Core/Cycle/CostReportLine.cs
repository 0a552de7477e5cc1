namespace ScaleFunctions.Core.Cycle;

/// <summary>What was counted of a resource in a period.</summary>
/// <param name="Resource">Id in lower case.</param>
/// <param name="Counted">Instances × time × price, not corrected by bills.</param>
/// <param name="InstanceHours">Instances × hours.</param>
public sealed record CostReportLine(string Resource, decimal Counted, double InstanceHours);
