using System.Text.Json.Serialization;

namespace ScaleFunctions.Core.Targets;

/// <summary>Who decides on the capacity of a resource.</summary>
/// <param name="Kind">What kind of owner.</param>
/// <param name="Name">The owner for people, for example <c>AKS cluster prod-1</c>; empty when there is none.</param>
/// <param name="Evidence">What tells it, for people; empty when there is no owner.</param>
public sealed record CapacityOwner(OwnerKind Kind, string Name, string Evidence)
{
    public static CapacityOwner Nobody { get; } = new(OwnerKind.Nobody, "", "");

    public static CapacityOwner Unknown(string why) => new(OwnerKind.Unknown, "unknown", why);

    /// <summary>Only what nobody else sets may be set by us.</summary>
    [JsonIgnore]
    public bool LeavesItToUs => Kind == OwnerKind.Nobody;

    /// <summary>In one sentence, for people; empty when there is no owner.</summary>
    [JsonIgnore]
    public string Why => Kind switch
    {
        OwnerKind.Nobody => "",
        OwnerKind.Platform => Evidence,
        OwnerKind.Unknown => $"who sets its capacity is not known: {Evidence}",
        _ => $"{Name} sets its capacity: {Evidence}",
    };
}
