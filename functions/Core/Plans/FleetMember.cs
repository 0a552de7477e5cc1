namespace ScaleFunctions.Core.Plans;

/// <summary>A resource as far as caps of a fleet are concerned.</summary>
/// <param name="Workload">Name of the workload that selects it.</param>
/// <param name="Sku">Its size.</param>
/// <param name="Instances">Instances asked for.</param>
public sealed record FleetMember(string Workload, string Sku, int Instances);
