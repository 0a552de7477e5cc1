using ScaleFunctions.Sandbox.Estates;

namespace ScaleFunctions.Sandbox.Metrics;

/// <summary>A metric of one type of resource: what an average instance reports of a minute.</summary>
/// <param name="Name">Its name at Azure Monitor.</param>
/// <param name="Unit">Its unit there.</param>
/// <param name="Description">For people.</param>
/// <param name="Value">The number of a minute; nothing when no instance served.</param>
internal sealed record SimulatedMetric(string Name, string Unit, string Description, Func<MeasuredMinute, double?> Value)
{
    /// <summary>Whether it tells how busy processors are.</summary>
    public bool IsCpu => Unit == "Percent" && Name.Contains("cpu", StringComparison.OrdinalIgnoreCase);
}
