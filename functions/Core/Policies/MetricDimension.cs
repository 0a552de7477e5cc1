using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Policies;

/// <summary>Only the samples of some values of a dimension; or all of them, each value by itself.</summary>
/// <param name="Name">As the metric has it, for example <c>Instance</c>.</param>
/// <param name="Values">The values that count; none when each value is read by itself.</param>
public sealed record MetricDimension(string Name, IReadOnlyList<string> Values)
{
    /// <summary>Dimensions of which an instance has one value only, as Azure's metrics name them. Any other may have several, as disks.</summary>
    private static readonly string[] OfInstances = ["VMName", "Instance", "InstanceName", "RoleInstance", "Zone", "AvailabilityZone"];

    /// <summary>Dimensions whose values are single instances.</summary>
    private static readonly string[] Instances = ["VMName", "Instance", "InstanceName", "RoleInstance"];

    /// <summary>Whether its values never share an instance, so that what reported of each may be added up.</summary>
    [JsonIgnore]
    public bool PartsInstances => OfInstances.Contains(Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether each of its values is an instance.</summary>
    [JsonIgnore]
    public bool NamesInstances => Instances.Contains(Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Written <c>"*"</c>.</summary>
    [JsonIgnore]
    public bool IsSplit => Values.Count == 0;
}
